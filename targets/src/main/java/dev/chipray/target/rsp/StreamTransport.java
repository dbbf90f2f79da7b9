package dev.chipray.target.rsp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A stub behind a pair of streams: a command's pipes, a serial port.
///
/// Streams know no timeouts, so a thread of its own reads; it ends when the stream does.
final class StreamTransport implements Transport {

    private static final byte[] END = {};

    private final InputStream input;
    private final OutputStream output;
    private final Closeable resource;
    private final String description;
    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(256);
    private byte[] current = {};
    private int position;
    private boolean ended;

    /// @param resource closed with the transport, after the stream that is written
    StreamTransport(
            InputStream input, OutputStream output, Closeable resource, String description) {
        this.input = input;
        this.output = output;
        this.resource = resource;
        this.description = description;
        Thread.ofPlatform().daemon().name("chipray-link").start(this::readAll);
    }

    private void readAll() {
        byte[] buffer = new byte[1 << 14];
        try {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                if (count > 0) {
                    arrived.put(Arrays.copyOf(buffer, count));
                }
            }
        } catch (IOException _) {
            // The other side is gone; what came before is still read.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try {
            arrived.put(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read(byte[] into, int timeoutMillis) throws IOException {
        if (position == current.length) {
            if (ended) {
                return -1;
            }
            byte[] next;
            try {
                next = arrived.poll(timeoutMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            if (next == null) {
                return 0;
            }
            if (next.length == 0) {
                ended = true;
                return -1;
            }
            current = next;
            position = 0;
        }
        int count = Math.min(into.length, current.length - position);
        System.arraycopy(current, position, into, 0, count);
        position += count;
        return count;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        output.write(bytes);
        output.flush();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() throws IOException {
        try (resource) {
            output.close();
        }
    }
}
