package dev.chipray.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Builds little-endian ELF executables in memory, with sections and function symbols as a test wants them.
public final class ElfImage {
    public static final int ARM = 40;
    public static final int X86_64 = 62;
    public static final int XTENSA = 94;
    public static final int RISCV = 243;

    private static final int PROGBITS = 1;
    private static final int SYMTAB = 2;
    private static final int STRTAB = 3;
    private static final int CODE = 6;

    private final int machine;
    private final int word;
    private final List<Section> sections = new ArrayList<>();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private final List<long[]> symbols = new ArrayList<>();

    private static final class Section {
        final int name;
        final int type;
        final long flags;
        final long address;
        final byte[] bytes;
        final int link;

        Section(int name, int type, long flags, long address, byte[] bytes, int link) {
            this.name = name;
            this.type = type;
            this.flags = flags;
            this.address = address;
            this.bytes = bytes.clone();
            this.link = link;
        }
    }

    /// An image for a machine, 64 bit for x86-64 and 32 bit for the others.
    public ElfImage(int machine) {
        this.machine = machine;
        this.word = machine == X86_64 ? 8 : 4;
        names.write(0);
    }

    private int name(String text) {
        int at = names.size();
        names.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        names.write(0);
        return at;
    }

    /// A section that is not loaded.
    public ElfImage section(String name, byte[] bytes) {
        sections.add(new Section(name(name), PROGBITS, 0, 0, bytes, 0));
        return this;
    }

    /// A section at an address.
    public ElfImage section(String name, long address, byte[] bytes) {
        sections.add(new Section(name(name), PROGBITS, 2, address, bytes, 0));
        return this;
    }

    /// A section with instructions.
    public ElfImage code(String name, long address, byte[] bytes) {
        sections.add(new Section(name(name), PROGBITS, CODE, address, bytes, 0));
        return this;
    }

    /// A function in the first section.
    public ElfImage function(String name, long address, long size) {
        symbols.add(new long[] {name(name), address, size});
        return this;
    }

    /// The file.
    public byte[] build() {
        int entry = word == 8 ? 24 : 16;
        byte[] entries = new byte[entry * (symbols.size() + 1)];
        ByteBuffer table = buffer(entries);
        table.position(entry);
        for (long[] symbol : symbols) {
            table.putInt((int) symbol[0]);
            if (word == 8) {
                table.put((byte) 0x12).put((byte) 0).putShort((short) 1);
                table.putLong(symbol[1]).putLong(symbol[2]);
            } else {
                table.putInt((int) symbol[1]).putInt((int) symbol[2]);
                table.put((byte) 0x12).put((byte) 0).putShort((short) 1);
            }
        }
        int strings = sections.size() + 2;
        List<Section> all = new ArrayList<>(sections);
        all.add(new Section(name(".symtab"), SYMTAB, 0, 0, entries, strings));
        int stringsName = name(".strtab");
        all.add(new Section(stringsName, STRTAB, 0, 0, names.toByteArray(), 0));
        return assemble(all, strings, entry);
    }

    private byte[] assemble(List<Section> all, int strings, int symbolSize) {
        int header = word == 8 ? 64 : 52;
        int sectionHeader = word == 8 ? 64 : 40;
        int contents = header + sectionHeader * (all.size() + 1);
        int total = contents + all.stream().mapToInt(section -> section.bytes.length).sum();
        byte[] image = new byte[total];
        ByteBuffer file = buffer(image);
        file.putInt(0x464c_457f).put((byte) (word / 4)).put((byte) 1).put((byte) 1);
        file.position(16);
        file.putShort((short) 2).putShort((short) machine).putInt(1);
        putWord(file, 0);
        putWord(file, 0);
        putWord(file, header);
        file.putInt(0).putShort((short) header).putShort((short) 0).putShort((short) 0);
        file.putShort((short) sectionHeader).putShort((short) (all.size() + 1));
        file.putShort((short) strings);
        file.position(header + sectionHeader);
        int at = contents;
        for (Section section : all) {
            file.putInt(section.name).putInt(section.type);
            putWord(file, section.flags);
            putWord(file, section.address);
            putWord(file, at);
            putWord(file, section.bytes.length);
            file.putInt(section.link).putInt(section.type == SYMTAB ? 1 : 0);
            putWord(file, 4);
            putWord(file, section.type == SYMTAB ? symbolSize : 0);
            at += section.bytes.length;
        }
        for (Section section : all) {
            file.put(section.bytes);
        }
        return image;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void putWord(ByteBuffer file, long value) {
        if (word == 8) {
            file.putLong(value);
        } else {
            file.putInt((int) value);
        }
    }
}
