package dev.chipray.elf.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSymbolTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a symbol table into columns.
public final class SymbolReader {
    private static final int EXTENDED_SECTION = 0xffff;

    private SymbolReader() {}

    /// The symbols of `.symtab`, else of `.dynsym`, else none.
    public static ElfSymbolTable read(ElfFile file) {
        for (int type : new int[] {ElfSection.SYMTAB, ElfSection.DYNSYM}) {
            for (ElfSection section : file.sections()) {
                if (section.type() == type && file.bytes().has(section.offset(), section.size())) {
                    return read(file, section);
                }
            }
        }
        return new ElfSymbolTable(
                file.header().machine(),
                ByteView.of(new byte[0], ".strtab"),
                new int[0],
                new long[0],
                new long[0],
                new byte[0],
                new int[0]);
    }

    private static ElfSymbolTable read(ElfFile file, ElfSection section) {
        boolean is64 = file.header().is64();
        ByteCursor in = file.contents(section).cursor();
        int count = (int) Math.min(Integer.MAX_VALUE - 8, in.remaining() / (is64 ? 24 : 16));
        int[] names = new int[count];
        long[] values = new long[count];
        long[] sizes = new long[count];
        byte[] infos = new byte[count];
        int[] sections = new int[count];
        ByteView extended = extendedSections(file, section);
        for (int i = 0; i < count; i++) {
            names[i] = in.s32();
            if (is64) {
                infos[i] = in.s8();
                in.skip(1);
                sections[i] = in.u16();
                values[i] = in.u64();
                sizes[i] = in.u64();
            } else {
                values[i] = in.u32();
                sizes[i] = in.u32();
                infos[i] = in.s8();
                in.skip(1);
                sections[i] = in.u16();
            }
            if (sections[i] == EXTENDED_SECTION && extended != null && extended.has(4L * i, 4)) {
                sections[i] = extended.s32(4L * i);
            }
        }
        return new ElfSymbolTable(
                file.header().machine(),
                strings(file, section),
                names,
                values,
                sizes,
                infos,
                sections);
    }

    private static ByteView strings(ElfFile file, ElfSection section) {
        List<ElfSection> all = file.sections();
        if (section.link() > 0 && section.link() < all.size()) {
            ElfSection strings = all.get(section.link());
            if (strings.type() != ElfSection.NOBITS
                    && file.bytes().has(strings.offset(), strings.size())) {
                return file.bytes().slice(strings.offset(), strings.size(), strings.name());
            }
        }
        return ByteView.of(new byte[0], ".strtab");
    }

    private static @Nullable ByteView extendedSections(ElfFile file, ElfSection table) {
        for (ElfSection section : file.sections()) {
            if (section.type() == ElfSection.SYMTAB_SHNDX
                    && section.link() == table.index()
                    && file.bytes().has(section.offset(), section.size())) {
                return file.bytes().slice(section.offset(), section.size(), section.name());
            }
        }
        return null;
    }
}
