package dev.chipray.capture.internal;

import dev.chipray.elf.ElfSymbolTable;
import dev.chipray.unwind.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the instructions by which a function returns, as far as that can be told for certain.
///
/// Thumb and RISC-V instructions tell their own length, so a function is read from its start; data between them is known
/// by mapping symbols. On x86-64, where that is not so, nothing is found.
public final class CodeBytes {

    private final Program program;
    private final TreeMap<Long, Boolean> data = new TreeMap<>();

    /// How a function is left.
    ///
    /// @param returns  addresses of its return instructions
    /// @param complete whether those are all: it ends in no other function and everything in it was understood
    public record Exits(List<Long> returns, boolean complete) {}

    public CodeBytes(Program program) {
        this.program = program;
        ElfSymbolTable symbols = program.elf().symbols();
        for (int i = 1; i < symbols.size(); i++) {
            ElfSymbolTable.@Nullable Mapping mapping = symbols.mapping(i);
            if (mapping != null) {
                data.put(
                        program.architecture().codeAddress(symbols.value(i)) + program.bias(),
                        mapping == ElfSymbolTable.Mapping.DATA);
            }
        }
    }

    /// The exits of a function.
    public Exits exits(Program.Function function) {
        return switch (program.architecture().kind()) {
            case ARM -> thumb(function);
            case RISCV -> riscv(function);
            case X86_64, XTENSA -> new Exits(List.of(), false);
        };
    }

    private boolean isData(long address) {
        var entry = data.floorEntry(address);
        return entry != null && entry.getValue();
    }

    private int half(long address) {
        byte[] two = new byte[2];
        return program.code().readFully(address, two) ? (two[0] & 0xff) | (two[1] & 0xff) << 8 : 0;
    }

    private Exits thumb(Program.Function function) {
        List<Long> returns = new ArrayList<>();
        boolean complete = true;
        long at = function.start();
        while (at + 2 <= function.end()) {
            if (isData(at)) {
                at += 2;
                continue;
            }
            int first = half(at);
            boolean wide = first >= 0xe800;
            int second = wide ? half(at + 2) : 0;
            if (!wide && ((first & 0xff00) == 0xbd00 || first == 0x4770)) {
                returns.add(at);
            } else if (first == 0xe8bd && (second & 0x8000) != 0) {
                returns.add(at);
            } else if (first == 0xf85d && (second & 0xf000) == 0xf000) {
                returns.add(at);
            } else if (!wide && (first & 0xff87) == 0x4700) {
                // A jump through another register: a tail call, or a return of Armv4 times.
                complete = false;
            } else if (leavesBy(function, at, first, second)) {
                complete = false;
            }
            at += wide ? 4 : 2;
        }
        return new Exits(returns, complete);
    }

    /// Whether a plain branch goes to another function.
    private static boolean leavesBy(Program.Function function, long at, int first, int second) {
        long target;
        if ((first & 0xf800) == 0xe000) {
            target = at + 4 + ((first & 0x7ff) << 21 >> 20);
        } else if ((first & 0xf800) == 0xf000 && (second & 0xd000) == 0x9000) {
            int sign = first >> 10 & 1;
            int j1 = ~((second >> 13 & 1) ^ sign) & 1;
            int j2 = ~((second >> 11 & 1) ^ sign) & 1;
            int offset =
                    -sign << 24
                            | j1 << 23
                            | j2 << 22
                            | (first & 0x3ff) << 12
                            | (second & 0x7ff) << 1;
            target = at + 4 + offset;
        } else {
            return false;
        }
        return target < function.start() || target >= function.end();
    }

    private Exits riscv(Program.Function function) {
        List<Long> returns = new ArrayList<>();
        boolean complete = true;
        long at = function.start();
        while (at + 2 <= function.end()) {
            int first = half(at);
            boolean wide = (first & 3) == 3;
            int word = first | (wide ? half(at + 2) << 16 : 0);
            if (first == 0x8082 || word == 0x8067) {
                returns.add(at);
            } else if (wide && (word & 0xfff) == 0x6f) {
                long target = at + jumpOffset(word);
                complete &= target >= function.start() && target < function.end();
            } else if (wide && (word & 0x7fff) == 0x67 && (word >>> 15 & 31) == 6) {
                // `tail`: a jump through t1.
                complete = false;
            }
            at += wide ? 4 : 2;
        }
        return new Exits(returns, complete);
    }

    private static int jumpOffset(int word) {
        return word >> 31 << 20
                | (word >>> 12 & 0xff) << 12
                | (word >>> 20 & 1) << 11
                | (word >>> 21 & 0x3ff) << 1;
    }

    /// How many bytes the stub is to be told that a breakpoint there covers.
    public int breakpointSize(long address) {
        Architecture.Kind kind = program.architecture().kind();
        return switch (kind) {
            case ARM -> half(address) >= 0xe800 ? 4 : 2;
            case RISCV -> (half(address) & 3) == 3 ? 4 : 2;
            case X86_64 -> 1;
            case XTENSA -> 3;
        };
    }
}
