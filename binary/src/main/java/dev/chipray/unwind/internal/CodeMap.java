package dev.chipray.unwind.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSegment;
import dev.chipray.elf.ElfSymbolTable;
import java.util.Arrays;

/// Where the code of an ELF file is, where its functions start, and its instructions; immutable, for any thread.
public final class CodeMap {
    /// A function that is longer than this is not looked for.
    private static final long LONGEST = 1 << 20;

    private final long[] rangeStarts;
    private final long[] rangeEnds;
    private final long[] functions;
    private final MemoryReader instructions;

    /// Reads the sections, or where there are none the segments, and the symbols.
    public CodeMap(ElfFile elf) {
        long[][] ranges = ranges(elf);
        rangeStarts = ranges[0];
        rangeEnds = ranges[1];
        functions = functions(elf.symbols());
        instructions = elf.memory();
    }

    private static long[][] ranges(ElfFile elf) {
        long[] starts =
                elf.sections().stream()
                        .filter(ElfSection::isCode)
                        .mapToLong(ElfSection::address)
                        .toArray();
        long[] ends =
                elf.sections().stream()
                        .filter(ElfSection::isCode)
                        .mapToLong(section -> section.address() + section.size())
                        .toArray();
        if (starts.length > 0) {
            return new long[][] {starts, ends};
        }
        ElfSegment[] segments =
                elf.segments().stream()
                        .filter(s -> s.isLoaded() && (s.flags() & ElfSegment.EXECUTE) != 0)
                        .toArray(ElfSegment[]::new);
        return new long[][] {
            Arrays.stream(segments).mapToLong(ElfSegment::address).toArray(),
            Arrays.stream(segments).mapToLong(s -> s.address() + s.memorySize()).toArray()
        };
    }

    private static long[] functions(ElfSymbolTable symbols) {
        long[] starts = new long[symbols.size()];
        int count = 0;
        for (int i = 1; i < symbols.size(); i++) {
            int type = symbols.type(i);
            if ((type == 2 || type == 10) && symbols.section(i) != 0) {
                starts[count++] = symbols.address(i);
            }
        }
        starts = Arrays.copyOf(starts, count);
        Arrays.sort(starts);
        return starts;
    }

    /// The instructions as they are in the file.
    public MemoryReader instructions() {
        return instructions;
    }

    /// Whether an address is in code.
    public boolean isCode(long address) {
        for (int i = 0; i < rangeStarts.length; i++) {
            if (Long.compareUnsigned(address - rangeStarts[i], rangeEnds[i] - rangeStarts[i]) < 0) {
                return true;
            }
        }
        return false;
    }

    /// The start of the function at an address, or -1.
    public long functionStart(long address) {
        int index = Arrays.binarySearch(functions, address);
        int at = index >= 0 ? index : -index - 2;
        if (at < 0 || address - functions[at] > LONGEST || !isCode(address)) {
            return -1;
        }
        return functions[at];
    }

    /// The start of the function after the one at an address, or the end of its code.
    public long functionEnd(long address) {
        int index = Arrays.binarySearch(functions, address);
        int at = index >= 0 ? index + 1 : -index - 1;
        while (at < functions.length && functions[at] == address) {
            at++;
        }
        return at < functions.length ? functions[at] : address;
    }
}
