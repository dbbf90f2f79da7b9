package dev.chipray.target.rsp;

import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import dev.chipray.target.rsp.PacketDecoder.Item;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Both directions of a link to a stub: acknowledgements, sending again, and which packets are answers.
///
/// A state machine without I/O: what is to be sent gathers in [#takeOutput()], what comes is given to [#receive]. Sending
/// again is tried [#ATTEMPTS] times for a packet, then it is a [TargetException]. Used by one thread at a time.
final class RspLink {

    static final int ATTEMPTS = 4;

    /// How packets are acknowledged.
    enum Acknowledging {
        /// Each side answers each packet with `+` or `-`.
        EACH,
        /// The stub takes the next packet for a `+`; a `+` of its own would only disturb a target that runs.
        BY_NEXT_PACKET,
        /// Nobody acknowledges; the link is reliable.
        NONE
    }

    private final PacketDecoder decoder = new PacketDecoder();
    private final ArrayDeque<byte[]> replies = new ArrayDeque<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Acknowledging acknowledging = Acknowledging.EACH;

    /// The frame sent last, as long as the stub may ask for it again.
    private byte @Nullable [] unconfirmed;

    private int attempts;
    private int damagedInARow;
    private long resent;
    private long damaged;

    void acknowledge(Acknowledging how) {
        acknowledging = how;
        unconfirmed = null;
    }

    void send(byte[] payload) {
        byte[] frame = Packets.frame(payload);
        output.writeBytes(frame);
        unconfirmed = acknowledging == Acknowledging.NONE ? null : frame;
        attempts = 1;
    }

    /// The one byte outside of packets: stops a target that runs.
    void sendInterrupt() {
        output.write(3);
    }

    /// What is to be sent now; it counts as sent.
    byte[] takeOutput() {
        byte[] bytes = output.toByteArray();
        output.reset();
        return bytes;
    }

    void receive(byte[] bytes, int offset, int length) {
        decoder.accept(bytes, offset, length);
        for (Item item = decoder.poll(); item != null; item = decoder.poll()) {
            switch (item.kind()) {
                case PACKET -> packet(item.payload());
                // In the all-stop mode that is used here nothing hangs on a notification.
                case NOTIFICATION -> {}
                case DAMAGED -> damaged();
                case ACKNOWLEDGED -> unconfirmed = null;
                case REFUSED -> sendAgain("asks for the same packet again and again");
            }
        }
    }

    private void packet(byte[] payload) {
        damagedInARow = 0;
        // An answer says that the request arrived, whether or not its `+` did.
        unconfirmed = null;
        if (acknowledging == Acknowledging.EACH) {
            output.write('+');
        }
        replies.add(payload);
    }

    private void damaged() {
        damaged++;
        damagedInARow++;
        if (acknowledging == Acknowledging.NONE || damagedInARow >= ATTEMPTS) {
            throw new TargetException(Trouble.PROTOCOL, "the stub sends damaged packets");
        }
        output.write('-');
    }

    /// Nothing came for a while: what may have been lost is sent again.
    void onSilence() {
        sendAgain("does not answer");
    }

    private void sendAgain(String why) {
        byte[] frame = unconfirmed;
        if (frame == null) {
            return;
        }
        attempts++;
        if (attempts > ATTEMPTS) {
            throw new TargetException(Trouble.SILENCE, "the stub " + why);
        }
        resent++;
        output.writeBytes(frame);
    }

    /// The oldest packet that was not taken yet, or null.
    byte @Nullable [] takeReply() {
        return replies.poll();
    }

    /// How many packets were sent again.
    long resent() {
        return resent;
    }

    /// How many packets arrived damaged.
    long damagedPackets() {
        return damaged;
    }
}
