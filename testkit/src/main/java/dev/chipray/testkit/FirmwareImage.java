package dev.chipray.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A firmware made up for a test: structures whose members lie where a seed puts them, symbols, and memory.
///
/// It says of structures what debug information would say. Since offsets depend on the seed, a decoder that assumes
/// one fails.
public final class FirmwareImage {
    private final int wordSize;
    private final ByteOrder order;
    private final Random random;
    private final Map<String, Layout> layouts = new LinkedHashMap<>();
    private final Map<String, Long> symbols = new LinkedHashMap<>();
    private final Map<String, Integer> typeSizes = new LinkedHashMap<>();
    private final List<Region> regions = new ArrayList<>();

    /// A structure.
    ///
    /// @param name its typedef
    /// @param size its size in bytes
    /// @param members its members
    public record Layout(String name, int size, List<Member> members) {
        /// The offset of a member in bytes.
        public int offset(String member) {
            return (int) (member(member).bitOffset() / 8);
        }

        /// A member by name.
        public Member member(String name) {
            return members.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
        }
    }

    /// A member of a structure.
    ///
    /// @param name its name
    /// @param bitOffset where it starts
    /// @param bitSize the width of a bit field, else 0
    /// @param size its size in bytes
    /// @param shape `P` pointer, `I` integer, `F` float, `S` structure, `A` array
    /// @param elementSize the size of an element of an array
    /// @param type its type as C writes it
    public record Member(
            String name,
            long bitOffset,
            int bitSize,
            int size,
            char shape,
            int elementSize,
            String type) {}

    /// Mapped memory.
    private static final class Region {
        final long base;
        final byte[] bytes;

        Region(long base, byte[] bytes) {
            this.base = base;
            this.bytes = bytes;
        }
    }

    /// An empty firmware; `seed` decides where members lie.
    public FirmwareImage(int wordSize, ByteOrder order, long seed) {
        this.wordSize = wordSize;
        this.order = order;
        this.random = new Random(seed);
    }

    /// The size of a pointer.
    public int wordSize() {
        return wordSize;
    }

    /// The byte order.
    public ByteOrder order() {
        return order;
    }

    /// Declares a structure from `name:type` words. Types: `u8`, `u16`, `u32`, `word` (an integer as wide as a
    /// pointer), `float`, `double`, `bits N` as `bN`, a declared structure, `X*` a pointer, `X[N]` an array, `obj` an object
    /// word as wide as `objectSize`. Members keep their order; gaps between them come from the seed. The first member
    /// stays at 0, as the base of an object must.
    public Layout declare(String name, int objectSize, String members) {
        List<Member> list = new ArrayList<>();
        long bit = 0;
        for (String part : List.of(members.trim().split("\\s+", -1))) {
            String member = part.substring(0, part.indexOf(':'));
            String type = part.substring(part.indexOf(':') + 1);
            if (type.matches("b\\d+")) {
                int width = Integer.parseInt(type.substring(1));
                list.add(new Member(member, bit, width, wordSize, 'I', 0, "size_t"));
                bit += width;
                continue;
            }
            Member made = plain(member, type, objectSize);
            int alignment =
                    Math.max(
                            1, made.shape() == 'A' ? made.elementSize() : Math.min(made.size(), 8));
            alignment =
                    made.shape() == 'S' ? wordSize : Math.min(Integer.highestOneBit(alignment), 8);
            long at = (bit + 7) / 8;
            // A flexible array stays directly behind what counts its items.
            at += list.isEmpty() || made.size() == 0 ? 0 : (long) random.nextInt(3) * wordSize;
            at = (at + alignment - 1) / alignment * alignment;
            list.add(
                    new Member(
                            member,
                            at * 8,
                            0,
                            made.size(),
                            made.shape(),
                            made.elementSize(),
                            made.type()));
            bit = (at + made.size()) * 8;
        }
        int size = (int) ((bit + 7) / 8 + wordSize - 1) / wordSize * wordSize;
        Layout layout = new Layout(name, size, List.copyOf(list));
        layouts.put(name, layout);
        return layout;
    }

    private Member plain(String name, String type, int objectSize) {
        if (type.endsWith("*")) {
            return new Member(
                    name, 0, 0, wordSize, 'P', 0, type.substring(0, type.length() - 1) + " *");
        }
        if (type.endsWith("]")) {
            Member element = plain(name, type.substring(0, type.indexOf('[')), objectSize);
            int count = Integer.parseInt(type.substring(type.indexOf('[') + 1, type.length() - 1));
            return new Member(
                    name, 0, 0, count * element.size(), 'A', element.size(), element.type());
        }
        return switch (type) {
            case "u8" -> new Member(name, 0, 0, 1, 'I', 0, "uint8_t");
            case "u16" -> new Member(name, 0, 0, 2, 'I', 0, "uint16_t");
            case "u32" -> new Member(name, 0, 0, 4, 'I', 0, "uint32_t");
            case "word" -> new Member(name, 0, 0, wordSize, 'I', 0, "size_t");
            case "float" -> new Member(name, 0, 0, 4, 'F', 0, "float");
            case "double" -> new Member(name, 0, 0, 8, 'F', 0, "double");
            case "obj" -> new Member(name, 0, 0, objectSize, 'P', 0, "mp_obj_t");
            default -> new Member(name, 0, 0, layout(type).size(), 'S', 0, type);
        };
    }

    /// A declared structure.
    public Layout layout(String name) {
        Layout layout = layouts.get(name);
        if (layout == null) {
            throw new IllegalArgumentException("no structure " + name);
        }
        return layout;
    }

    /// All declared structures by name.
    public Map<String, Layout> layouts() {
        return layouts;
    }

    /// States the size of a type that is no structure.
    public void typeSize(String name, int size) {
        typeSizes.put(name, size);
    }

    /// Sizes of types that are no structures.
    public Map<String, Integer> typeSizes() {
        return typeSizes;
    }

    /// Names an address.
    public void symbol(String name, long address) {
        symbols.put(name, address);
    }

    /// All symbols.
    public Map<String, Long> symbols() {
        return symbols;
    }

    /// Maps zeroed memory.
    public void map(long base, int size) {
        regions.add(new Region(base, new byte[size]));
    }

    /// Writes an integer of `size` bytes.
    public void put(long address, int size, long value) {
        for (int i = 0; i < size; i++) {
            int shift = order == ByteOrder.LITTLE_ENDIAN ? 8 * i : 8 * (size - 1 - i);
            putByte(address + i, (int) (value >>> shift));
        }
    }

    /// Writes a word.
    public void putWord(long address, long value) {
        put(address, wordSize, value);
    }

    /// Writes a member of the structure at `address`, bit fields too.
    public void put(long address, String structure, String member, long value) {
        Member m = layout(structure).member(member);
        if (m.bitSize() == 0) {
            put(address + m.bitOffset() / 8, m.size(), value);
            return;
        }
        for (int i = 0; i < m.bitSize(); i++) {
            boolean little = order == ByteOrder.LITTLE_ENDIAN;
            long bit = m.bitOffset() + (little ? i : m.bitSize() - 1 - i);
            long at = address + bit / 8;
            int mask = 1 << (little ? bit % 8 : 7 - bit % 8);
            int old = getByte(at);
            putByte(at, (value >>> i & 1) != 0 ? old | mask : old & ~mask);
        }
    }

    /// Writes bytes.
    public void putBytes(long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            putByte(address + i, bytes[i]);
        }
    }

    /// Writes a byte.
    public void putByte(long address, int value) {
        Region region = region(address);
        region.bytes[(int) (address - region.base)] = (byte) value;
    }

    /// Reads a byte.
    public int getByte(long address) {
        Region region = region(address);
        return region.bytes[(int) (address - region.base)] & 0xff;
    }

    private Region region(long address) {
        for (Region region : regions) {
            if (address >= region.base && address < region.base + region.bytes.length) {
                return region;
            }
        }
        throw new IllegalArgumentException("0x%x is not mapped".formatted(address));
    }

    /// Reads memory as a target does: as many bytes as are mapped from `address` on.
    public int read(long address, byte[] into, int offset, int length) {
        for (Region region : regions) {
            long at = address - region.base;
            if (at >= 0 && at < region.bytes.length) {
                int count = (int) Math.min(length, region.bytes.length - at);
                System.arraycopy(region.bytes, (int) at, into, offset, count);
                return count;
            }
        }
        return 0;
    }

    /// All mapped bytes in the order in which they were mapped, for tests that damage them.
    public byte[] contents() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Region region : regions) {
            all.writeBytes(region.bytes);
        }
        return all.toByteArray();
    }

    /// Puts other bytes, as long as [#contents], in the place of the mapped ones.
    public void replaceContents(byte[] all) {
        int at = 0;
        for (Region region : regions) {
            byte[] part = Arrays.copyOfRange(all, at, at + region.bytes.length);
            System.arraycopy(part, 0, region.bytes, 0, part.length);
            at += part.length;
        }
    }
}
