package dev.chipray.dwarf.location.internal;

import dev.chipray.bytes.ByteView;
import dev.chipray.dwarf.location.RecoveredValue;
import java.nio.ByteOrder;

/// Puts an object together from runs of bits, first byte first; for one thread, once.
///
/// Bits count from the least significant one of a byte on little-endian targets and from the most significant one on
/// big-endian ones, which is how both lay out bit fields.
public final class BitAssembler {
    private final byte[] bytes;
    private final byte[] known;
    private final boolean little;
    private final ByteOrder order;
    private int at;
    private String reason = "";

    /// An object of `size` bytes, at most 2^27.
    public BitAssembler(int size, ByteOrder order) {
        this.bytes = new byte[size];
        this.known = new byte[size];
        this.order = order;
        this.little = order == ByteOrder.LITTLE_ENDIAN;
    }

    /// The bits that are still to come.
    public int remaining() {
        return 8 * bytes.length - at;
    }

    /// Appends `count` bits of `source` from bit `start` on.
    public void append(byte[] source, int start, int count) {
        if (at % 8 == 0 && start % 8 == 0 && count % 8 == 0) {
            System.arraycopy(source, start / 8, bytes, at / 8, count / 8);
            java.util.Arrays.fill(known, at / 8, at / 8 + count / 8, (byte) 0xff);
            at += count;
            return;
        }
        for (int i = 0; i < count; i++) {
            appendBit((source[(start + i) / 8] >> position(start + i)) & 1);
        }
    }

    /// Appends the low `count` bits of a number, in the target's byte order.
    public void appendNumber(long value, int count) {
        for (int i = 0; i < count; i++) {
            appendBit((int) (value >>> (little ? i : count - 1 - i)) & 1);
        }
    }

    private void appendBit(int bit) {
        bytes[at / 8] |= (byte) (bit << position(at));
        known[at / 8] |= (byte) (1 << position(at));
        at++;
    }

    private int position(int bit) {
        return little ? bit % 8 : 7 - bit % 8;
    }

    /// Leaves `count` bits unknown.
    public void unknown(int count, String why) {
        if (count > 0) {
            at += count;
            if (reason.isEmpty()) {
                reason = why;
            }
        }
    }

    /// What was put together; bits that never came are unknown.
    public RecoveredValue value() {
        unknown(remaining(), "its pieces do not cover it");
        return new RecoveredValue(
                ByteView.of(bytes, "value").as(order, 4),
                ByteView.of(known, "known bits").as(order, 4),
                reason);
    }
}
