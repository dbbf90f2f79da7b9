package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.GcArea;
import java.util.HashMap;
import java.util.Map;

/// Draws the map that a device prints with `micropython.mem_info(1)`, letter by letter.
public final class ClassicMap {
    private static final int BLOCKS_PER_ROW = 64;

    private final TargetBytes memory;
    private final Map<Long, Character> letters = new HashMap<>();
    private final boolean longOffsets;
    private final String addressFormat;

    /// A map of a firmware; `circuitPython` prints addresses with 0x.
    public ClassicMap(
            TargetBytes memory, Layouts layouts, ContextMembers context, boolean circuitPython) {
        this.memory = memory;
        // Rows got eight digits in January 2023, half a year after areas got a structure of their
        // own, and both came
        // out in 1.20.
        this.longOffsets = context.mem().has("area");
        this.addressFormat = circuitPython ? "0x%x" : "%x";
        letter(layouts, 'T', "mp_type_tuple");
        letter(layouts, 'L', "mp_type_list");
        letter(layouts, 'D', "mp_type_dict");
        letter(layouts, 'S', "mp_type_str");
        letter(layouts, 'S', "mp_type_bytes");
        letter(layouts, 'A', "mp_type_bytearray");
        letter(layouts, 'A', "mp_type_array");
        letter(layouts, 'F', "mp_type_float");
        letter(layouts, 'B', "mp_type_fun_bc");
        letter(layouts, 'M', "mp_type_module");
    }

    private void letter(Layouts layouts, char letter, String symbol) {
        layouts.symbol(symbol).ifPresent(address -> letters.put(address, letter));
    }

    /// The letter of a block.
    public char letter(GcArea area, int block) {
        return switch (area.kinds()[block]) {
            case GcArea.FREE -> '.';
            case GcArea.TAIL -> '=';
            case GcArea.MARK -> 'm';
            default -> letters.getOrDefault(memory.word(area.address(block)), 'h');
        };
    }

    /// Appends the map of one area, from "GC memory layout" to the end of its last row.
    public void append(GcArea area, StringBuilder out) {
        out.append("GC memory layout; from ")
                .append(addressFormat.formatted(area.poolStart()))
                .append(':');
        int blocks = area.blocks();
        int block = 0;
        while (block < blocks) {
            int used = nextUsed(area, block);
            int freeRows = (used - block) / BLOCKS_PER_ROW;
            if (freeRows >= 2) {
                out.append("\n       (").append(freeRows).append(" lines all free)");
                block = used & -BLOCKS_PER_ROW;
                if (block >= blocks) {
                    break;
                }
            }
            long offset = (long) block * area.blockSize();
            out.append(
                    longOffsets
                            ? "\n%08x: ".formatted(offset & 0xffff_ffffL)
                            : "\n%05x: ".formatted(offset & 0xfffff));
            int end = Math.min(block + BLOCKS_PER_ROW, blocks);
            while (block < end) {
                out.append(letter(area, block++));
            }
        }
        out.append('\n');
    }

    private static int nextUsed(GcArea area, int from) {
        int block = from;
        while (block < area.blocks() && area.kinds()[block] == GcArea.FREE) {
            block++;
        }
        return block;
    }
}
