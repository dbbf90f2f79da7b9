package dev.chipray.target.rsp;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Turns the bytes that a stub sends into packets and acknowledgements; holds at most [#MAXIMUM_PACKET] bytes of a packet.
///
/// A state machine without I/O: any split of the bytes into calls of [#accept] gives the same. Bytes between packets are
/// skipped. Used by one thread at a time.
public final class PacketDecoder {

    /// What a packet may have once escapes and repetitions are resolved; more counts as damaged.
    public static final int MAXIMUM_PACKET = 1 << 20;

    /// What the bytes meant.
    public enum Kind {
        PACKET,
        /// A packet that no request asked for, `%…`.
        NOTIFICATION,
        /// A packet whose checksum or contents are wrong.
        DAMAGED,
        ACKNOWLEDGED,
        /// The stub asks to send the packet again.
        REFUSED
    }

    /// One thing that the bytes meant.
    public static final class Item {

        private final Kind kind;
        private final byte[] payload;

        private Item(Kind kind, byte[] payload) {
            this.kind = kind;
            this.payload = payload;
        }

        public Kind kind() {
            return kind;
        }

        /// Of a packet or notification, escapes and repetitions resolved; empty otherwise. The taker owns the array.
        public byte[] payload() {
            return payload;
        }
    }

    private enum State {
        BETWEEN,
        PAYLOAD,
        ESCAPED,
        REPEAT,
        CHECKSUM_HIGH,
        CHECKSUM_LOW
    }

    private static final byte[] NOTHING = {};
    private static final int FIRST_REPEAT = 29;

    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private State state = State.BETWEEN;
    private boolean notification;
    private boolean damaged;
    private byte[] payload = new byte[4096];
    private int size;
    private int sum;
    private int told;

    /// Takes `length` bytes from `bytes`, beginning at `offset`.
    public void accept(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            accept(bytes[i] & 0xff);
        }
    }

    /// The next thing that the bytes so far meant, or null.
    public @Nullable Item poll() {
        return items.poll();
    }

    private void accept(int value) {
        // A packet that begins inside another ends that one: its own end was lost.
        if (value == '$' && state != State.BETWEEN) {
            items.add(new Item(Kind.DAMAGED, NOTHING));
            begin(false);
            return;
        }
        switch (state) {
            case BETWEEN -> between(value);
            case PAYLOAD -> payload(value);
            case ESCAPED -> {
                sum += value;
                put(value ^ 0x20, 1);
                state = State.PAYLOAD;
            }
            case REPEAT -> repeat(value);
            case CHECKSUM_HIGH -> {
                told = Packets.digit(value);
                state = State.CHECKSUM_LOW;
            }
            case CHECKSUM_LOW -> end(value);
        }
    }

    private void between(int value) {
        switch (value) {
            case '$' -> begin(false);
            case '%' -> begin(true);
            case '+' -> items.add(new Item(Kind.ACKNOWLEDGED, NOTHING));
            case '-' -> items.add(new Item(Kind.REFUSED, NOTHING));
            default -> {}
        }
    }

    private void begin(boolean isNotification) {
        notification = isNotification;
        damaged = false;
        size = 0;
        sum = 0;
        state = State.PAYLOAD;
    }

    private void payload(int value) {
        if (value == '#') {
            state = State.CHECKSUM_HIGH;
            return;
        }
        sum += value;
        switch (value) {
            case '}' -> state = State.ESCAPED;
            case '*' -> state = State.REPEAT;
            default -> put(value, 1);
        }
    }

    /// `0* ` stands for `0000`: the count is the character less 29, and the value before stands there once already.
    private void repeat(int value) {
        sum += value;
        state = State.PAYLOAD;
        int count = value - FIRST_REPEAT;
        if (size == 0 || count < 3 || value > 126) {
            damaged = true;
        } else {
            put(payload[size - 1], count);
        }
    }

    private void put(int value, int count) {
        if (size + count > MAXIMUM_PACKET) {
            damaged = true;
            return;
        }
        if (size + count > payload.length) {
            payload = Arrays.copyOf(payload, Math.max(payload.length * 2, size + count));
        }
        Arrays.fill(payload, size, size + count, (byte) value);
        size += count;
    }

    private void end(int value) {
        state = State.BETWEEN;
        int low = Packets.digit(value);
        boolean right = told >= 0 && low >= 0 && (told << 4 | low) == (sum & 0xff);
        // A notification is not acknowledged, so a damaged one is only lost.
        if (notification) {
            if (right && !damaged) {
                items.add(new Item(Kind.NOTIFICATION, Arrays.copyOf(payload, size)));
            }
        } else if (right && !damaged) {
            items.add(new Item(Kind.PACKET, Arrays.copyOf(payload, size)));
        } else {
            items.add(new Item(Kind.DAMAGED, NOTHING));
        }
    }
}
