package dev.chipray.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A GDB stub on a local TCP port that answers as a [FakeStubScript] says, and misbehaves where the script wants it.
///
/// It frames packets with code of its own, so that it is an independent witness of the protocol. One connection at a
/// time, any number after each other; stopped by [#close()]. [#requests()] may be read by any thread.
public final class FakeStub implements AutoCloseable {

    private final FakeStubScript script;
    private final ServerSocket server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean noAcks;
    private volatile boolean closed;
    private String lastReply = "";

    private FakeStub(FakeStubScript script) throws IOException {
        this.script = script;
        server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    }

    /// Starts listening.
    public static FakeStub start(FakeStubScript script) {
        try {
            FakeStub stub = new FakeStub(script);
            Thread.ofPlatform().daemon().name("fake-stub").start(stub::serve);
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Host and port.
    public String endpoint() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// Every packet that arrived whole, without its frame; an interruption is `^C`, acknowledgements are left out.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve() {
        while (!closed) {
            try (Socket socket = server.accept()) {
                socket.setTcpNoDelay(true);
                noAcks = false;
                converse(
                        new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException _) {
                // This connection is over.
            }
        }
    }

    private void converse(InputStream input, OutputStream output) throws IOException {
        if (!script.onConnect().isEmpty()) {
            send(output, script.onConnect());
        }
        int received = 0;
        while (true) {
            int first = input.read();
            if (first < 0) {
                return;
            }
            if (first == 3) {
                requests.add("^C");
                String stop = script.onInterrupt();
                if (!stop.isEmpty()) {
                    send(output, stop);
                }
            } else if (first == '$') {
                String request = readPacket(input);
                requests.add(request);
                received++;
                if (!answer(output, request, received)) {
                    return;
                }
            } else if (first == '-') {
                send(output, lastReply);
            }
        }
    }

    /// @return false where the script closes the connection
    private boolean answer(OutputStream output, String request, int received) throws IOException {
        FakeStubScript.Fault fault = script.fault(received);
        switch (fault) {
            case NONE, DAMAGE -> {}
            case CLOSE -> {
                return false;
            }
            case HANG -> {
                return true;
            }
            case REFUSE -> {
                output.write('-');
                output.flush();
                return true;
            }
            case GARBAGE -> {
                output.write("\0\u00ff$#$}#00%%*$zz".getBytes(StandardCharsets.ISO_8859_1));
                output.flush();
                return true;
            }
        }
        if (!noAcks) {
            output.write('+');
        }
        String reply = script.answer(request);
        lastReply = reply == null ? lastReply : reply;
        if (fault == FakeStubScript.Fault.DAMAGE) {
            byte[] frame = frame(lastReply);
            frame[frame.length - 1] ^= 1;
            output.write(frame);
            output.flush();
        } else if (reply != null) {
            send(output, reply);
        }
        if (request.equals("QStartNoAckMode") && "OK".equals(reply)) {
            noAcks = true;
        }
        return true;
    }

    private static void send(OutputStream output, String payload) throws IOException {
        output.write(frame(payload));
        output.flush();
    }

    private static byte[] frame(String payload) {
        StringBuilder frame = new StringBuilder("$");
        int sum = 0;
        // A `*` in an answer is a script's own run-length encoding, so it is not escaped.
        String escaped = payload.replace("}", "}]").replace("$", "}\u0004").replace("#", "}\u0003");
        for (int i = 0; i < escaped.length(); i++) {
            sum += escaped.charAt(i);
        }
        return frame.append(escaped)
                .append("#%02x".formatted(sum & 0xff))
                .toString()
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String readPacket(InputStream input) throws IOException {
        StringBuilder payload = new StringBuilder();
        for (int next = input.read(); next != '#'; next = input.read()) {
            if (next < 0) {
                throw new IOException("cut");
            }
            payload.append((char) (next == '}' ? input.read() ^ 0x20 : next));
        }
        input.read();
        input.read();
        return payload.toString();
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
