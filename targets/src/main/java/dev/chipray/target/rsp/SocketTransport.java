package dev.chipray.target.rsp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A stub behind a TCP or Unix domain socket.
final class SocketTransport implements Transport {

    private static final int CONNECT_MILLIS = 5_000;

    private final SocketChannel channel;
    private final Selector selector;
    private final String description;
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16).limit(0);

    private SocketTransport(SocketChannel channel, Selector selector, String description) {
        this.channel = channel;
        this.selector = selector;
        this.description = description;
    }

    static SocketTransport tcp(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("there is no host named " + host);
        }
        return connect(SocketChannel.open(), address, host + ":" + port, true);
    }

    static SocketTransport unix(String path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        return connect(channel, UnixDomainSocketAddress.of(path), path, false);
    }

    private static SocketTransport connect(
            SocketChannel channel, SocketAddress address, String description, boolean tcp)
            throws IOException {
        try {
            if (tcp) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.socket().connect(address, CONNECT_MILLIS);
            } else {
                channel.connect(address);
            }
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new SocketTransport(channel, selector, description);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
    }

    @Override
    public int read(byte[] into, int timeoutMillis) throws IOException {
        if (!input.hasRemaining()) {
            input.clear();
            int count = channel.read(input);
            if (count == 0 && timeoutMillis > 0) {
                selector.select(timeoutMillis);
                selector.selectedKeys().clear();
                count = channel.read(input);
            }
            input.flip();
            if (count <= 0) {
                return count;
            }
        }
        int count = Math.min(input.remaining(), into.length);
        input.get(into, 0, count);
        return count;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
