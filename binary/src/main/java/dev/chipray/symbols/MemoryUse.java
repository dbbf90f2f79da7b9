package dev.chipray.symbols;

import dev.chipray.dwarf.AddressRange;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSegment;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What a program takes of RAM and flash, by section and by symbol; immutable. Sizes are bytes.
///
/// Writable sections are RAM, the others flash; initialised data takes both, since its first value has to be stored. On
/// a desktop "flash" is what the program keeps read-only.
///
/// @param sections the loaded sections by address
/// @param largestInRam the largest variables, and functions placed in RAM
/// @param largestInFlash the largest functions and constants
/// @param ramRanges where RAM is, as segments and the linker's symbols for heap and stack tell
/// @param flashRanges where flash is, as segments tell
public record MemoryUse(
        List<Section> sections,
        List<Symbol> largestInRam,
        List<Symbol> largestInFlash,
        List<AddressRange> ramRanges,
        List<AddressRange> flashRanges) {

    /// A loaded section.
    public record Section(
            String name, long address, long size, boolean ram, boolean flash, boolean code) {}

    /// A variable or function.
    public record Symbol(String name, long address, long size, boolean function) {}

    /// How far behind the last section of RAM a linker symbol may lie to count as the end of RAM.
    private static final long LARGEST_GAP = 16L << 20;

    private static final Set<String> ENDS =
            Set.of(
                    "_estack",
                    "__StackTop",
                    "__stack",
                    "_ram_end",
                    "__ram_end__",
                    "__HeapLimit",
                    "_eheap",
                    "_heap_end",
                    "__heap_end",
                    "__heap_limit",
                    "_stack_top",
                    "__stack_top",
                    "__StackLimit");

    /// Bytes of RAM that are spoken for.
    public long ram() {
        return sections.stream().filter(Section::ram).mapToLong(Section::size).sum();
    }

    /// Bytes of flash that are spoken for.
    public long flash() {
        return sections.stream().filter(Section::flash).mapToLong(Section::size).sum();
    }

    /// The use of a program, with the `most` largest symbols of each kind.
    public static MemoryUse of(ElfFile elf, int most) {
        List<Section> sections = new ArrayList<>();
        for (ElfSection section : elf.sections()) {
            if (section.isAllocated() && section.size() != 0) {
                boolean ram = section.has(ElfSection.WRITE);
                boolean stored = section.type() != ElfSection.NOBITS;
                sections.add(
                        new Section(
                                section.name(),
                                section.address(),
                                section.size(),
                                ram,
                                stored,
                                section.isCode()));
            }
        }
        sections.sort(Comparator.comparingLong(Section::address));
        List<Symbol> ram = new ArrayList<>();
        List<Symbol> flash = new ArrayList<>();
        ElfSymbolTable symbols = elf.symbols();
        for (int i = 1; i < symbols.size(); i++) {
            int section = symbols.section(i);
            boolean placed =
                    symbols.type(i) == ElfSymbol.FUNCTION || symbols.type(i) == ElfSymbol.OBJECT;
            if (placed && symbols.size(i) != 0 && section > 0 && section < elf.sections().size()) {
                Symbol symbol =
                        new Symbol(
                                symbols.name(i),
                                symbols.address(i),
                                symbols.size(i),
                                symbols.type(i) == ElfSymbol.FUNCTION);
                (elf.sections().get(section).has(ElfSection.WRITE) ? ram : flash).add(symbol);
            }
        }
        return new MemoryUse(
                List.copyOf(sections),
                largest(ram, most),
                largest(flash, most),
                ramRanges(elf),
                flashRanges(elf));
    }

    private static List<Symbol> largest(List<Symbol> symbols, int most) {
        Comparator<Symbol> bySize = Comparator.comparingLong(Symbol::size).reversed();
        return symbols.stream()
                .sorted(bySize.thenComparingLong(Symbol::address).thenComparing(Symbol::name))
                .limit(most)
                .toList();
    }

    private static List<AddressRange> ramRanges(ElfFile elf) {
        List<AddressRange> ranges = new ArrayList<>();
        for (ElfSegment segment : elf.loadedSegments()) {
            if ((segment.flags() & ElfSegment.WRITE) != 0 && segment.memorySize() > 0) {
                ranges.add(
                        new AddressRange(
                                segment.address(), segment.address() + segment.memorySize()));
            }
        }
        List<AddressRange> merged = merge(ranges);
        if (merged.isEmpty() || elf.isPositionIndependent()) {
            return merged;
        }
        AddressRange last = merged.getLast();
        long end = last.high();
        ElfSymbolTable symbols = elf.symbols();
        for (int i = 1; i < symbols.size(); i++) {
            long beyond = symbols.value(i) - last.high();
            if (beyond > 0
                    && beyond <= LARGEST_GAP
                    && symbols.firstByteOfName(i) == '_'
                    && ENDS.contains(symbols.name(i))) {
                end = Math.max(end, symbols.value(i));
            }
        }
        merged.set(merged.size() - 1, new AddressRange(last.low(), end));
        return merged;
    }

    private static List<AddressRange> flashRanges(ElfFile elf) {
        List<AddressRange> ranges = new ArrayList<>();
        for (ElfSegment segment : elf.loadedSegments()) {
            if (segment.fileSize() > 0) {
                long start = segment.physicalAddress();
                ranges.add(new AddressRange(start, start + segment.fileSize()));
            }
        }
        return merge(ranges);
    }

    private static List<AddressRange> merge(List<AddressRange> ranges) {
        List<AddressRange> merged = new ArrayList<>();
        ranges.sort((a, b) -> Long.compareUnsigned(a.low(), b.low()));
        for (AddressRange range : ranges) {
            AddressRange last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && Long.compareUnsigned(range.low() - 16, last.high()) <= 0) {
                long high =
                        Long.compareUnsigned(range.high(), last.high()) > 0
                                ? range.high()
                                : last.high();
                merged.set(merged.size() - 1, new AddressRange(last.low(), high));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }
}
