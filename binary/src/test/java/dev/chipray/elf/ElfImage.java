package dev.chipray.elf;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.BytesAssembler;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Builds ELF files for tests: sections, one segment per loaded section, symbols.
public final class ElfImage {
    private record Section(
            String name,
            int type,
            long flags,
            long address,
            ByteView bytes,
            int link,
            int entrySize) {}

    private static Section section(
            String name,
            int type,
            long flags,
            long address,
            byte[] bytes,
            int link,
            int entrySize) {
        return new Section(name, type, flags, address, ByteView.of(bytes, name), link, entrySize);
    }

    private final boolean is64;
    private final ByteOrder order;
    private final int machine;
    private int type = ElfHeader.EXECUTABLE;
    private final List<Section> sections = new ArrayList<>();
    private final BytesAssembler symbols;
    private final BytesAssembler names = BytesAssembler.little().u8(0);

    public ElfImage(boolean is64, ByteOrder order, ElfMachine machine) {
        this.is64 = is64;
        this.order = order;
        this.machine = machine.code();
        symbols = new BytesAssembler(order);
        symbol("", 0, 0, 0, 0, 0);
        sections.add(section("", 0, 0, 0, new byte[0], 0, 0));
    }

    public ElfImage type(int newType) {
        type = newType;
        return this;
    }

    public ElfImage section(String name, long flags, long address, byte[] bytes) {
        return section(name, ElfSection.PROGBITS, flags, address, bytes);
    }

    public ElfImage section(String name, int kind, long flags, long address, byte[] bytes) {
        sections.add(section(name, kind, flags, address, bytes, 0, 0));
        return this;
    }

    public ElfImage symbol(String name, long value, long size, int kind, int binding, int section) {
        int nameOffset = name.isEmpty() ? 0 : names.size();
        if (!name.isEmpty()) {
            names.string(name);
        }
        int info = binding << 4 | kind;
        if (is64) {
            symbols.u32(nameOffset).u8(info).u8(0).u16(section).u64(value).u64(size);
        } else {
            symbols.u32(nameOffset).u32(value).u32(size).u8(info).u8(0).u16(section);
        }
        return this;
    }

    public byte[] build() {
        List<Section> all = new ArrayList<>(sections);
        all.add(
                section(
                        ".symtab",
                        ElfSection.SYMTAB,
                        0,
                        0,
                        symbols.toByteArray(),
                        all.size() + 1,
                        is64 ? 24 : 16));
        all.add(section(".strtab", ElfSection.STRTAB, 0, 0, names.toByteArray(), 0, 0));
        BytesAssembler sectionNames = BytesAssembler.little();
        int[] nameOffsets = new int[all.size() + 1];
        for (int i = 0; i < all.size(); i++) {
            nameOffsets[i] = sectionNames.size();
            sectionNames.string(all.get(i).name);
        }
        nameOffsets[all.size()] = sectionNames.size();
        sectionNames.string(".shstrtab");
        all.add(section(".shstrtab", ElfSection.STRTAB, 0, 0, sectionNames.toByteArray(), 0, 0));

        List<Section> loaded = all.stream().filter(s -> (s.flags & ElfSection.ALLOC) != 0).toList();
        int word = is64 ? 8 : 4;
        BytesAssembler out = new BytesAssembler(order);
        out.bytes(0x7f, 'E', 'L', 'F', is64 ? 2 : 1, order == ByteOrder.LITTLE_ENDIAN ? 1 : 2, 1)
                .pad(16);
        out.u16(type).u16(machine).u32(1).unsigned(0x1000, word);
        int segmentField = out.size();
        out.unsigned(0, word).unsigned(0, word).u32(0).u16(is64 ? 64 : 52);
        out.u16(is64 ? 56 : 32)
                .u16(loaded.size())
                .u16(is64 ? 64 : 40)
                .u16(all.size())
                .u16(all.size() - 1);
        long[] offsets = new long[all.size()];
        for (int i = 0; i < all.size(); i++) {
            out.pad(8);
            offsets[i] = out.size();
            out.bytes(all.get(i).bytes.bytes());
        }
        out.pad(8).patch(segmentField, out.size(), word);
        for (Section section : loaded) {
            long at = offsets[all.indexOf(section)];
            int flags = (section.flags & ElfSection.EXECINSTR) != 0 ? 5 : 6;
            long size = section.bytes.size();
            out.u32(1);
            if (is64) {
                out.u32(flags)
                        .u64(at)
                        .u64(section.address)
                        .u64(section.address)
                        .u64(size)
                        .u64(size)
                        .u64(8);
            } else {
                out.u32(at)
                        .u32(section.address)
                        .u32(section.address)
                        .u32(size)
                        .u32(size)
                        .u32(flags)
                        .u32(4);
            }
        }
        out.pad(8).patch(segmentField + word, out.size(), word);
        for (int i = 0; i < all.size(); i++) {
            Section section = all.get(i);
            out.u32(nameOffsets[i])
                    .u32(section.type)
                    .unsigned(section.flags, word)
                    .unsigned(section.address, word);
            out.unsigned(offsets[i], word)
                    .unsigned(section.bytes.size(), word)
                    .u32(section.link)
                    .u32(0);
            out.unsigned(4, word).unsigned(section.entrySize, word);
        }
        return out.toByteArray();
    }

    public ElfFile file() {
        return ElfFile.of(ByteView.of(build(), "test.elf"));
    }
}
