package dev.chipray.target.rsp;

import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests and their answers over a transport; after a [TargetException] whose link is not sound only [#close()] works.
///
/// Used by one thread at a time.
final class RspExchange implements AutoCloseable {

    private final Transport transport;
    private final RspLink link = new RspLink();
    private final int timeoutMillis;
    private final byte[] buffer = new byte[1 << 16];
    private byte @Nullable [] unasked;
    private boolean broken;
    private long roundTrips;
    private long bytesReceived;

    RspExchange(Transport transport, int timeoutMillis) {
        this.transport = transport;
        this.timeoutMillis = timeoutMillis;
    }

    RspLink link() {
        return link;
    }

    Transport transport() {
        return transport;
    }

    long roundTrips() {
        return roundTrips;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    boolean isBroken() {
        return broken;
    }

    /// Sends a request and waits for its answer; stop packets that come in between were not asked for.
    byte[] request(String payload) {
        send(Packets.ascii(payload));
        return answer();
    }

    /// Sends requests, at most `depth` of them ahead of their answers, and gives the answers in order.
    List<byte[]> requestAll(List<byte[]> payloads, int depth) {
        List<byte[]> answers = new ArrayList<>(payloads.size());
        int sent = 0;
        while (answers.size() < payloads.size()) {
            // Half of the depth is sent at a time: few writes, and the stub always has something to
            // do.
            if (sent == answers.size() || sent - answers.size() <= depth / 2) {
                int until = Math.min(payloads.size(), answers.size() + Math.max(1, depth));
                while (sent < until) {
                    link.send(payloads.get(sent++));
                    roundTrips++;
                }
                flush();
            }
            answers.add(answer());
        }
        return answers;
    }

    /// Sends packets in one write; their answers are taken with [#answer()] and [#await].
    void send(byte[]... payloads) {
        for (byte[] payload : payloads) {
            link.send(payload);
            roundTrips++;
        }
        flush();
    }

    void interrupt() {
        link.sendInterrupt();
        flush();
    }

    /// The next packet that is no stop packet.
    byte[] answer() {
        while (true) {
            byte[] reply = await(timeoutMillis);
            if (reply == null) {
                broken = true;
                throw new TargetException(
                        Trouble.SILENCE,
                        "%s did not answer within %d ms"
                                .formatted(transport.description(), timeoutMillis));
            }
            if (!StopReplies.isStop(reply)) {
                return reply;
            }
            unasked = reply;
        }
    }

    /// The next packet of any kind, or null where none comes in time.
    byte @Nullable [] await(long millis) {
        byte[] reply = link.takeReply();
        if (reply != null) {
            return reply;
        }
        long start = System.nanoTime();
        long lastResend = start;
        long resendAfter = timeoutMillis * 1_000_000L / RspLink.ATTEMPTS;
        while (true) {
            long now = System.nanoTime();
            long left = millis - (now - start) / 1_000_000L;
            if (left <= 0) {
                return null;
            }
            if (pump((int) Math.min(left, 20)) == 0 && now - lastResend > resendAfter) {
                lastResend = now;
                guarded(link::onSilence);
                flush();
            }
            reply = link.takeReply();
            if (reply != null) {
                return reply;
            }
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (TargetException e) {
            broken = true;
            throw e;
        }
    }

    /// A stop packet that came unasked since this was last called, or null.
    byte @Nullable [] takeUnasked() {
        byte[] packet = unasked;
        unasked = null;
        return packet;
    }

    private int pump(int millis) {
        int count;
        try {
            count = transport.read(buffer, millis);
        } catch (IOException | RuntimeException e) {
            throw lost(e);
        }
        if (count < 0) {
            broken = true;
            throw new TargetException(
                    Trouble.LINK, transport.description() + " has closed the connection");
        }
        if (count > 0) {
            bytesReceived += count;
            guarded(() -> link.receive(buffer, 0, count));
            flush();
        }
        return count;
    }

    private void flush() {
        byte[] bytes = link.takeOutput();
        if (bytes.length > 0) {
            try {
                transport.write(bytes);
            } catch (IOException | RuntimeException e) {
                throw lost(e);
            }
        }
    }

    private TargetException lost(Exception e) {
        broken = true;
        return new TargetException(
                Trouble.LINK,
                "the connection to %s is lost: %s"
                        .formatted(transport.description(), e.getMessage()),
                e);
    }

    @Override
    public void close() {
        broken = true;
        try {
            transport.close();
        } catch (IOException _) {
            // It is given up anyway.
        }
    }
}
