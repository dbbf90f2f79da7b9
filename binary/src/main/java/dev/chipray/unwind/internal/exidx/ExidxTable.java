package dev.chipray.unwind.internal.exidx;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The index of Arm's exception handling tables: instructions that undo the frame of the function at an address.
/// Immutable, for any thread; entries are read when they are asked for.
///
/// The tables describe a function's body, where a call may throw: between the first and last instructions of a function they are
/// right, within its prologue and epilogues they are not.
public final class ExidxTable {
    /// What an index says instead of naming instructions: the function is never returned from.
    private static final long CANNOT_UNWIND = 1;

    private static final int ENTRY = 8;
    private static final ElfSection NONE = new ElfSection(0, "", 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final ByteView index;
    private final long indexAddress;
    private final ByteView table;
    private final long tableAddress;
    private final int count;

    /// The tables of a file; an empty table when it has none or they are broken.
    public static ExidxTable of(ElfFile elf) {
        try {
            Optional<ByteView> index = elf.contents(".ARM.exidx");
            Optional<ByteView> table = elf.contents(".ARM.extab");
            ByteView empty = ByteView.of(new byte[0], ".ARM.extab");
            return new ExidxTable(
                    index.orElse(empty),
                    elf.section(".ARM.exidx").orElse(NONE).address(),
                    table.orElse(empty),
                    elf.section(".ARM.extab").orElse(NONE).address());
        } catch (MalformedException _) {
            ByteView empty = ByteView.of(new byte[0], ".ARM.exidx");
            return new ExidxTable(empty, 0, empty, 0);
        }
    }

    /// A table from its two sections and where they are linked.
    public ExidxTable(ByteView index, long indexAddress, ByteView table, long tableAddress) {
        this.index = index;
        this.indexAddress = indexAddress;
        this.table = table;
        this.tableAddress = tableAddress;
        this.count = (int) Math.min(index.size() / ENTRY, Integer.MAX_VALUE);
    }

    /// The number of functions.
    public int size() {
        return count;
    }

    /// The first address of the function of an entry.
    public long start(int entry) {
        return relative(index, (long) entry * ENTRY, indexAddress);
    }

    /// A self-relative address of 31 bits.
    private static long relative(ByteView view, long offset, long address) {
        int value = view.s32(offset) << 1 >> 1;
        return (address + offset + value) & 0xffff_ffffL;
    }

    /// The instructions that undo the frame of the function at an address; null when the table has none for it or is
    /// broken there.
    public byte @Nullable [] find(long target) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (start(middle) <= target) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return null;
        }
        try {
            return instructions(high);
        } catch (MalformedException _) {
            return null;
        }
    }

    private byte @Nullable [] instructions(int entry) {
        long offset = (long) entry * ENTRY + 4;
        long word = index.u32(offset);
        if (word == CANNOT_UNWIND) {
            return null;
        }
        if ((word & 0x8000_0000L) != 0) {
            if ((word >>> 24 & 0x7f) != 0) {
                throw new MalformedException(index.name(), offset, "inline unwind entry", word);
            }
            return bytesOf(index, offset, 3, 0);
        }
        long at = relative(index, offset, indexAddress) - tableAddress;
        return personality(at);
    }

    private byte[] personality(long at) {
        long word = table.u32(at);
        if ((word & 0x8000_0000L) == 0) {
            // A routine of the language; the GNU ones put a count and three instructions into the
            // next word.
            return bytesOf(table, at + 4, 3, (int) (table.u32(at + 4) >>> 24));
        }
        return switch ((int) (word >>> 24 & 0xf)) {
            case 0 -> bytesOf(table, at, 3, 0);
            case 1, 2 -> bytesOf(table, at, 2, (int) (word >>> 16 & 0xff));
            default ->
                    throw new MalformedException(
                            table.name(), at, "model of an unwind entry", word);
        };
    }

    /// The low `first` bytes of the word at `offset`, then `more` whole words, each from its most significant byte on.
    private static byte[] bytesOf(ByteView view, long offset, int first, int more) {
        long rest = (long) more * 4;
        if (!view.has(offset, 4 + rest)) {
            throw new MalformedException(view.name(), offset, "words of an unwind entry", more);
        }
        byte[] instructions = new byte[Math.toIntExact(first + rest)];
        int at = 0;
        for (int word = 0; word <= more; word++) {
            long value = view.u32(offset + 4L * word);
            for (int i = word == 0 ? first - 1 : 3; i >= 0; i--) {
                instructions[at++] = (byte) (value >>> (8 * i));
            }
        }
        return instructions;
    }
}
