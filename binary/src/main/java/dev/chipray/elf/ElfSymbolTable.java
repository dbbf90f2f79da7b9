package dev.chipray.elf;

import dev.chipray.bytes.ByteView;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The symbols of an ELF file by index, in columns; immutable, for any thread.
///
/// Columns and lazily read names keep tables of tens of thousands of symbols cheap; [#get] makes a record of one.
public final class ElfSymbolTable {
    /// What a mapping symbol says about the bytes that follow it.
    public enum Mapping {
        /// Arm instructions of 4 bytes, or A64 or RISC-V instructions.
        CODE,
        /// Thumb instructions.
        THUMB,
        /// Data between instructions.
        DATA
    }

    private final ElfMachine machine;
    private final ByteView strings;
    private final int[] names;
    private final long[] values;
    private final long[] sizes;
    private final byte[] infos;
    private final int[] sections;

    /// Takes the columns over; they have the same length.
    public ElfSymbolTable(
            ElfMachine machine,
            ByteView strings,
            int[] names,
            long[] values,
            long[] sizes,
            byte[] infos,
            int[] sections) {
        this.machine = machine;
        this.strings = strings;
        this.names = names;
        this.values = values;
        this.sizes = sizes;
        this.infos = infos;
        this.sections = sections;
    }

    /// The number of symbols, the null symbol included.
    public int size() {
        return names.length;
    }

    /// The name; empty when it lies outside the string table.
    public String name(int index) {
        long offset = names[index] & 0xffff_ffffL;
        return strings.has(offset, 1) && terminated(offset) ? strings.cString(offset) : "";
    }

    private boolean terminated(long offset) {
        // The last byte of a sound string table is zero; then every string in it ends.
        return strings.u8(strings.size() - 1) == 0 || offset < lastZero();
    }

    private long lastZero() {
        long end = strings.size() - 1;
        while (end >= 0 && strings.u8(end) != 0) {
            end--;
        }
        return end;
    }

    /// The first byte of the name, 0 when there is none.
    public int firstByteOfName(int index) {
        long offset = names[index] & 0xffff_ffffL;
        return strings.has(offset, 1) ? strings.u8(offset) : 0;
    }

    /// The value as it is in the file.
    public long value(int index) {
        return values[index];
    }

    /// The value without the Thumb bit.
    public long address(int index) {
        return isThumb(index) ? values[index] & ~1L : values[index];
    }

    /// The size in bytes, 0 when it is not known.
    public long size(int index) {
        return sizes[index];
    }

    /// The type, a constant of [ElfSymbol].
    public int type(int index) {
        return infos[index] & 0xf;
    }

    /// The binding, a constant of [ElfSymbol].
    public int binding(int index) {
        return (infos[index] & 0xff) >>> 4;
    }

    /// The index of the section.
    public int section(int index) {
        return sections[index];
    }

    /// Whether it is a function in Thumb code.
    public boolean isThumb(int index) {
        return machine.equals(ElfMachine.ARM)
                && (values[index] & 1) != 0
                && (type(index) == ElfSymbol.FUNCTION
                        || type(index) == ElfSymbol.INDIRECT_FUNCTION);
    }

    /// What the symbol says about the code that follows it, when it is a mapping symbol (`$t`, `$d.12`, ...).
    public @Nullable Mapping mapping(int index) {
        boolean hasMappings =
                machine.equals(ElfMachine.ARM)
                        || machine.equals(ElfMachine.AARCH64)
                        || machine.equals(ElfMachine.RISCV);
        if (!hasMappings || type(index) != ElfSymbol.NOTYPE || firstByteOfName(index) != '$') {
            return null;
        }
        String name = name(index);
        boolean plain = name.length() == 2 || (name.length() > 2 && name.charAt(2) == '.');
        if (plain) {
            return switch (name.charAt(1)) {
                case 'a', 'x' -> Mapping.CODE;
                case 't' -> Mapping.THUMB;
                case 'd' -> Mapping.DATA;
                default -> null;
            };
        }
        // RISC-V puts the instruction set after it: $xrv32i2p1_...
        return name.startsWith("$xrv") ? Mapping.CODE : null;
    }

    /// One symbol.
    public ElfSymbol get(int index) {
        Objects.checkIndex(index, names.length);
        return new ElfSymbol(
                name(index),
                values[index],
                address(index),
                sizes[index],
                type(index),
                binding(index),
                sections[index],
                isThumb(index));
    }

    /// All symbols but the null symbol.
    public Stream<ElfSymbol> stream() {
        return IntStream.range(1, Math.max(1, names.length)).mapToObj(this::get);
    }
}
