package dev.chipray.ingest.internal;

import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.MalformedInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of an input, unpacked where they are gzip, known by its first two bytes.
///
/// Where the compressed data is cut or damaged the stream ends, and [#diagnostics()] says so. Used by one thread.
public final class UnpackedInput extends InputStream {

    private static final int BUFFER = 1 << 16;

    private final InputStream raw;
    private final InputStream input;
    private final boolean packed;
    private long count;
    private List<Diagnostic> diagnostics = List.of();

    private UnpackedInput(InputStream raw, InputStream input, boolean packed) {
        this.raw = raw;
        this.input = input;
        this.packed = packed;
    }

    /// Begins to read `raw`, which closes with this stream.
    public static UnpackedInput of(InputStream raw) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
        buffered.mark(2);
        boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        if (!packed) {
            return new UnpackedInput(raw, buffered, false);
        }
        try {
            return new UnpackedInput(raw, new GZIPInputStream(buffered, BUFFER), true);
        } catch (EOFException | ZipException e) {
            throw new MalformedInputException("damaged gzip data: " + e.getMessage(), 0);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!packed) {
            return input.read(bytes, offset, length);
        }
        if (!diagnostics.isEmpty()) {
            return -1;
        }
        try {
            int read = input.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        } catch (EOFException | ZipException e) {
            diagnostics =
                    List.of(
                            Diagnostic.error(
                                    "byte " + count + " unpacked",
                                    "the compressed data is cut or damaged there: "
                                            + e.getMessage()));
            return -1;
        }
    }

    /// What was wrong with the packed data, once everything was read.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    @Override
    public void close() throws IOException {
        try {
            input.close();
        } finally {
            raw.close();
        }
    }
}
