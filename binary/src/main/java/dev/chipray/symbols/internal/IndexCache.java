package dev.chipray.symbols.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A file with the indexes of those units that were needed so far; read as hostile: every part has a checksum, every
/// offset is checked, and what does not hold is as if it were not there.
///
/// Little-endian. Head: magic, format version, checksum of the rest of the head, its length, the key, the number of
/// units and pieces, the base address, the pieces, and for each unit where its part starts, how long its ints and bytes
/// are, and its checksum (start 0: not parsed yet). Then the parts. A newer set of units replaces the whole file, in one
/// step, so that readers never see half of it.
public final class IndexCache implements Closeable {
    private static final long MAGIC = 0x3158_4449_5952_4843L;
    private static final int VERSION = 1;
    private static final int FIXED = 24;
    private static final int PER_UNIT = 32;

    private final FileChannel channel;
    private final ByteView units;
    private final UnitDirectory directory;
    private final int unitCount;

    private IndexCache(FileChannel channel, ByteView head) throws IOException {
        this.channel = channel;
        ByteCursor in = head.cursor();
        byte[] ignored = in.bytes(in.u32());
        long count = in.u32();
        long pieces = in.u32();
        long base = in.u64();
        if (count > in.remaining() / PER_UNIT || pieces > in.remaining() / 8) {
            throw in.malformed(0, "counts after a key of " + ignored.length + " bytes", count);
        }
        unitCount = (int) count;
        int[] starts = ints(in.bytes(4 * pieces));
        int[] owners = ints(in.bytes(4 * pieces));
        directory = new UnitDirectory(base, starts, owners, unitCount);
        units = in.slice(PER_UNIT * count);
    }

    /// Opens a cache file; null when it is missing, broken, or made for another key.
    public static @Nullable IndexCache open(Path file, byte[] key) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            ByteView fixed = read(channel, 0, FIXED);
            long length = fixed.u32(16);
            if (fixed.u64(0) == MAGIC
                    && fixed.u32(8) == VERSION
                    && length <= channel.size() - FIXED
                    && length > 8L + key.length) {
                ByteView head = read(channel, FIXED, (int) length);
                boolean sound = checksum(head.bytes()) == fixed.s32(12);
                boolean same =
                        head.u32(0) == key.length && Arrays.equals(head.bytes(4, key.length), key);
                if (sound && same) {
                    IndexCache cache = new IndexCache(channel, head);
                    channel = null;
                    return cache;
                }
            }
            return null;
        } catch (IOException | MalformedException e) {
            return null;
        } finally {
            closeQuietly(channel);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It was only read.
            return;
        }
    }

    private static ByteView read(FileChannel channel, long at, int length) throws IOException {
        if (length < 0 || at < 0 || at > channel.size() || length > channel.size() - at) {
            throw new MalformedException("index cache", at, "part outside the file", length);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new MalformedException("index cache", at, "file shrank", length);
            }
        }
        return ByteView.of(buffer.array(), "index cache");
    }

    private static int[] ints(byte[] bytes) {
        int[] values = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }

    private static byte[] bytes(int[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        return buffer.array();
    }

    private static int checksum(byte[]... parts) {
        CRC32C crc = new CRC32C();
        for (byte[] part : parts) {
            crc.update(part, 0, part.length);
        }
        return (int) crc.getValue();
    }

    UnitDirectory directory() {
        return directory;
    }

    int unitCount() {
        return unitCount;
    }

    /// The index of a unit, null when it is not there or not sound.
    @Nullable UnitIndex load(int unit) {
        try {
            long entry = (long) PER_UNIT * unit;
            long start = units.u64(entry);
            int intBytes = units.s32(entry + 8);
            int textBytes = units.s32(entry + 12);
            if (start == 0 || intBytes < 0 || textBytes < 0 || intBytes % 4 != 0) {
                return null;
            }
            byte[] ints = read(channel, start, intBytes).bytes();
            byte[] text = read(channel, start + intBytes, textBytes).bytes();
            return checksum(ints, text) == units.s32(entry + 16)
                    ? new UnitIndex(units.u64(entry + 24), ints(ints), text)
                    : null;
        } catch (IOException | MalformedException e) {
            return null;
        }
    }

    /// Writes what a store has indexed, and what its cache had before, in place of the file.
    public static void write(
            Path directory, Path file, byte[] key, UnitStore store, @Nullable IndexCache before)
            throws IOException {
        int count = store.size();
        int[] starts = store.directory().starts();
        int headLength = 4 + key.length + 16 + 8 * starts.length + PER_UNIT * count;
        ByteBuffer head = ByteBuffer.allocate(FIXED + headLength).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(0, MAGIC).putInt(8, VERSION).putInt(16, headLength);
        head.position(FIXED);
        head.putInt(key.length)
                .put(key)
                .putInt(count)
                .putInt(starts.length)
                .putLong(store.directory().base());
        head.put(bytes(starts)).put(bytes(store.directory().units()));
        Path temporary = Files.createTempFile(directory, "index", ".tmp");
        try {
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                long at = FIXED + (long) headLength;
                for (int unit = 0; unit < count; unit++) {
                    UnitIndex index = store.loaded(unit);
                    if (index == null && before != null) {
                        index = before.load(unit);
                    }
                    at = index == null ? skip(head, at) : write(out, head, at, index);
                }
                head.putInt(
                        12, checksum(Arrays.copyOfRange(head.array(), FIXED, FIXED + headLength)));
                writeFully(out, head.rewind(), 0);
            }
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static long skip(ByteBuffer head, long at) {
        head.position(head.position() + PER_UNIT);
        return at;
    }

    private static long write(FileChannel out, ByteBuffer head, long at, UnitIndex index)
            throws IOException {
        byte[] ints = bytes(index.data());
        byte[] text = index.bytes();
        head.putLong(at)
                .putInt(ints.length)
                .putInt(text.length)
                .putInt(checksum(ints, text))
                .putInt(0);
        head.putLong(index.base());
        writeFully(out, ByteBuffer.wrap(ints), at);
        writeFully(out, ByteBuffer.wrap(text), at + ints.length);
        return at + ints.length + text.length;
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += out.write(bytes, position);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
