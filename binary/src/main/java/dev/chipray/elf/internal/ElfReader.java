package dev.chipray.elf.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.elf.ElfHeader;
import dev.chipray.elf.ElfMachine;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the header, the section headers and the program headers of an ELF file, once, for one thread.
///
/// Counts are checked against the size of the file before anything is made, extended numbering included (gABI,
/// chapter 4: more than 0xff00 sections or 0xffff segments keep their counts in section 0).
public final class ElfReader {
    private static final int MAGIC = 0x464c457f;
    private static final int EXTENDED_INDEX = 0xffff;
    private static final int EXTENDED_COUNT = 0xffff;

    private final ByteView bytes;
    private final ElfHeader header;
    private final List<ElfSection> sections = new ArrayList<>();
    private final List<ElfSegment> segments = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    public ElfReader(ByteView file) {
        if (!file.has(0, 16) || file.as(ByteOrder.LITTLE_ENDIAN, 4).s32(0) != MAGIC) {
            throw new MalformedException(
                    file.name(), 0, "not an ELF file, first byte", file.has(0, 1) ? file.u8(0) : 0);
        }
        int wordClass = file.u8(4);
        int data = file.u8(5);
        if (wordClass != 1 && wordClass != 2) {
            throw new MalformedException(
                    file.name(), 4, "word size class is neither 1 nor 2", wordClass);
        }
        if (data != 1 && data != 2) {
            throw new MalformedException(file.name(), 5, "byte order is neither 1 nor 2", data);
        }
        boolean is64 = wordClass == 2;
        bytes = file.as(data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN, is64 ? 8 : 4);
        ByteCursor in = bytes.cursor(16);
        int type = in.u16();
        ElfMachine machine = new ElfMachine(in.u16());
        in.skip(4);
        long entry = in.word();
        long segmentTable = in.word();
        long sectionTable = in.word();
        long flags = in.u32();
        in.skip(2);
        int segmentSize = in.u16();
        int segmentCount = in.u16();
        int sectionSize = in.u16();
        int sectionCount = in.u16();
        int nameTable = in.u16();
        header = new ElfHeader(is64, bytes.order(), type, machine, file.u8(7), flags, entry);
        if (type == ElfHeader.RELOCATABLE) {
            throw new UnsupportedException(
                    file.name()
                            + " is a relocatable object file, whose addresses are not decided yet",
                    "link it and give the executable");
        }
        long segmentsToRead = segmentCount;
        if (sectionTable != 0) {
            segmentsToRead =
                    readSections(sectionTable, sectionSize, sectionCount, nameTable, segmentCount);
        }
        if (segmentTable != 0) {
            readSegments(segmentTable, segmentSize, segmentsToRead);
        }
    }

    private long readSections(
            long table, int entrySize, int count, int nameTable, int segmentCount) {
        int wanted = header.is64() ? 64 : 40;
        if (entrySize != wanted) {
            diagnostics.add(
                    Diagnostic.of(malformed(table, "section headers of a wrong size", entrySize)));
            return segmentCount;
        }
        if (!bytes.has(table, wanted)) {
            // Stripped of its tail, as cut core files are: segments are enough for those.
            diagnostics.add(
                    Diagnostic.of(malformed(table, "section headers lie outside the file", count)));
            return segmentCount;
        }
        ElfSection first = section(table, 0, null);
        long total = count == 0 ? first.size() : count;
        if (total < 0 || total > (bytes.size() - table) / wanted) {
            diagnostics.add(
                    Diagnostic.of(malformed(table, "more section headers than bytes", total)));
            total = (bytes.size() - table) / wanted;
        }
        ByteView names =
                names(table, wanted, total, nameTable == EXTENDED_INDEX ? first.link() : nameTable);
        for (int i = 0; i < total; i++) {
            ElfSection section = section(table + (long) i * wanted, i, names);
            sections.add(section);
            if (i != 0
                    && section.type() != ElfSection.NOBITS
                    && !bytes.has(section.offset(), section.size())) {
                diagnostics.add(
                        Diagnostic.of(
                                malformed(
                                        section.offset(),
                                        "section " + section.name() + " lies outside the file",
                                        section.size())));
            }
        }
        return segmentCount == EXTENDED_COUNT ? first.info() : segmentCount;
    }

    private @Nullable ByteView names(long table, int entrySize, long total, int index) {
        if (index <= 0 || index >= total) {
            return null;
        }
        ElfSection section = section(table + (long) index * entrySize, index, null);
        return bytes.has(section.offset(), section.size())
                ? bytes.slice(section.offset(), section.size(), ".shstrtab")
                : null;
    }

    private ElfSection section(long offset, int index, @Nullable ByteView names) {
        ByteCursor in = bytes.cursor(offset);
        long name = in.u32();
        int type = in.s32();
        long flags = in.word();
        long address = in.word();
        long at = in.word();
        long size = in.word();
        int link = in.s32();
        long info = in.u32();
        long alignment = in.word();
        long entrySize = in.word();
        return new ElfSection(
                index,
                name(names, name),
                type,
                flags,
                address,
                at,
                size,
                link,
                info,
                alignment,
                entrySize);
    }

    private static String name(@Nullable ByteView names, long offset) {
        if (names == null || !names.has(offset, 1)) {
            return "";
        }
        try {
            return names.cString(offset);
        } catch (MalformedException e) {
            return "";
        }
    }

    private void readSegments(long table, int entrySize, long count) {
        int wanted = header.is64() ? 56 : 32;
        if (count == 0) {
            return;
        }
        if (entrySize != wanted) {
            throw malformed(table, "program headers of a wrong size", entrySize);
        }
        if (!bytes.has(table, 0) || count > (bytes.size() - table) / wanted) {
            throw malformed(table, "more program headers than bytes", count);
        }
        for (int i = 0; i < count; i++) {
            ByteCursor in = bytes.cursor(table + (long) i * wanted);
            int type = in.s32();
            int flags = header.is64() ? in.s32() : 0;
            long offset = in.word();
            long address = in.word();
            long physical = in.word();
            long fileSize = in.word();
            long memorySize = in.word();
            if (!header.is64()) {
                flags = in.s32();
            }
            segments.add(
                    new ElfSegment(
                            i,
                            type,
                            flags,
                            offset,
                            address,
                            physical,
                            fileSize,
                            memorySize,
                            in.word()));
            if (type == ElfSegment.LOAD && !bytes.has(offset, fileSize)) {
                diagnostics.add(
                        Diagnostic.of(
                                malformed(
                                        offset,
                                        "segment " + i + " lies partly outside the file",
                                        fileSize)));
            }
        }
    }

    private MalformedException malformed(long offset, String field, long value) {
        return new MalformedException(bytes.name(), offset, field, value);
    }

    public ByteView bytes() {
        return bytes;
    }

    public ElfHeader header() {
        return header;
    }

    public List<ElfSection> sections() {
        return sections;
    }

    public List<ElfSegment> segments() {
        return segments;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
