package dev.chipray.elf.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.elf.ElfSection;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates compressed sections: SHF_COMPRESSED (gABI) and the older `.zdebug` form (GNU), both zlib.
///
/// Deflate cannot shrink by more than 1032:1, so a larger claim is refused before anything is allocated, and the buffer
/// grows only as bytes really come out.
public final class Inflation {
    private static final int ZLIB = 1;
    private static final int ZSTD = 2;
    private static final long LARGEST_RATIO = 1032;

    private Inflation() {}

    /// The inflated bytes of a section, in the same byte order and word size.
    public static ByteView inflate(ByteView section, ElfSection header) {
        ByteCursor in = section.cursor();
        long size;
        if (header.has(ElfSection.COMPRESSED)) {
            long type = in.u32();
            if (section.wordSize() == 8) {
                in.skip(4);
            }
            size = in.word();
            in.word();
            refuseOthers(section, type);
        } else {
            // "ZLIB", then the size in big-endian order whatever the file's own order is.
            byte[] magic = in.bytes(4);
            if (magic[0] != 'Z' || magic[1] != 'L' || magic[2] != 'I' || magic[3] != 'B') {
                return section;
            }
            size = section.as(ByteOrder.BIG_ENDIAN, 8).u64(4);
            in.skip(8);
        }
        ByteView compressed = in.slice(in.remaining());
        if (size < 0 || size > Integer.MAX_VALUE - 8 || size / LARGEST_RATIO > compressed.size()) {
            throw new MalformedException(section.name(), 0, "inflated size cannot be true", size);
        }
        byte[] inflated = inflate(compressed, (int) size);
        String name =
                section.name().startsWith(".z")
                        ? "." + section.name().substring(2)
                        : section.name();
        return ByteView.of(inflated, name).as(section.order(), section.wordSize());
    }

    private static void refuseOthers(ByteView section, long type) {
        if (type == ZSTD) {
            throw new UnsupportedException(
                    section.name() + " is compressed with zstd",
                    "decompress it with objcopy --decompress-debug-sections, or link with -gz=zlib");
        }
        if (type != ZLIB) {
            throw new UnsupportedException(
                    section.name() + " is compressed with the unknown method " + type,
                    "decompress it with objcopy --decompress-debug-sections");
        }
    }

    private static byte[] inflate(ByteView compressed, int size) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(compressed.bytes());
            byte[] out = new byte[(int) Math.min(size, 4 * compressed.size() + 64)];
            int filled = 0;
            while (filled < size) {
                if (filled == out.length) {
                    out = Arrays.copyOf(out, (int) Math.min(size, 2L * out.length));
                }
                int count = inflater.inflate(out, filled, out.length - filled);
                if (count == 0) {
                    throw new MalformedException(
                            compressed.name(), compressed.origin(), "ends too early", filled);
                }
                filled += count;
            }
            return out.length == size ? out : Arrays.copyOf(out, size);
        } catch (DataFormatException e) {
            throw new MalformedException(
                    compressed.name(), compressed.origin(), "is not zlib data", size);
        }
    }
}
