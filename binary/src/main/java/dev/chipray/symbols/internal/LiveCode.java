package dev.chipray.symbols.internal;

import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSegment;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import java.util.List;

/// Tells code that is in the program from code that the linker dropped but left described; immutable.
///
/// GNU's linker writes 0 where dropped code was, LLVM's writes all ones. On a microcontroller whose flash starts at 0
/// such leftovers lie over the vectors and the first functions, so a range from 0 counts only where a function symbol
/// says that one is there, or where an assembler wrote it.
public final class LiveCode {
    private final long[] lows;
    private final long[] highs;
    private final boolean functionAtZero;

    public LiveCode(ElfFile file) {
        List<ElfSection> code = file.sections().stream().filter(ElfSection::isCode).toList();
        if (!code.isEmpty()) {
            lows = code.stream().mapToLong(ElfSection::address).toArray();
            highs =
                    code.stream()
                            .mapToLong(section -> section.address() + section.size())
                            .toArray();
        } else {
            List<ElfSegment> loaded =
                    file.loadedSegments().stream()
                            .filter(segment -> (segment.flags() & ElfSegment.EXECUTE) != 0)
                            .toList();
            lows = loaded.stream().mapToLong(ElfSegment::address).toArray();
            highs = loaded.stream().mapToLong(s -> s.address() + s.memorySize()).toArray();
        }
        functionAtZero = contains(0) && hasFunctionAtZero(file);
    }

    private static boolean hasFunctionAtZero(ElfFile file) {
        ElfSymbolTable symbols = file.symbols();
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.type(i) == ElfSymbol.FUNCTION
                    && symbols.section(i) != ElfSymbol.UNDEFINED
                    && symbols.address(i) == 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether an address lies in code.
    public boolean contains(long address) {
        for (int i = 0; i < lows.length; i++) {
            if (Long.compareUnsigned(address, lows[i]) >= 0
                    && Long.compareUnsigned(address, highs[i]) < 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether a range is code of the program.
    ///
    /// @param assembled whether it comes from an assembler, which describes vectors at 0 too
    public boolean contains(long low, long high, boolean assembled) {
        return Long.compareUnsigned(low, high) < 0
                && (low != 0 || functionAtZero || assembled)
                && contains(low)
                && contains(high - 1);
    }
}
