package dev.chipray.target.rsp;

import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import dev.chipray.target.TargetMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Memory of a halted target over the protocol, in as few round trips as the stub allows.
final class RspMemory implements TargetMemory {

    /// What a request and the frame around its answer may take of a packet.
    private static final int OVERHEAD = 32;

    /// A window at a time: memory for requests stays small, and a hole ends the reading early.
    private static final int PIECES_PER_WINDOW = 256;

    private final RspTarget target;
    private final Map<Range, byte[]> patches = new LinkedHashMap<>();

    /// What one patch replaced; later ones may overlap it, so they are undone in reverse.
    private record Range(long address, int length) {}

    RspMemory(RspTarget target) {
        this.target = target;
    }

    /// The most bytes that one request reads.
    int piece() {
        return Math.max(16, (target.capabilities().packetSize() - OVERHEAD) / 2 & ~0xf);
    }

    @Override
    public int read(long address, byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        return target.locked(
                "memory can be read",
                exchange -> {
                    int done = 0;
                    while (done < length) {
                        int window = Math.min(length - done, PIECES_PER_WINDOW * piece());
                        int read =
                                readWindow(exchange, address + done, into, offset + done, window);
                        done += read;
                        if (read < window) {
                            break;
                        }
                    }
                    return done;
                });
    }

    private int readWindow(
            RspExchange exchange, long address, byte[] into, int offset, int length) {
        int piece = piece();
        List<byte[]> requests = new ArrayList<>();
        for (int at = 0; at < length; at += piece) {
            requests.add(readRequest(address + at, Math.min(piece, length - at)));
        }
        int done = 0;
        for (byte[] answer : exchange.requestAll(requests, target.capabilities().requestsAhead())) {
            int wanted = Math.min(piece, length - done);
            int got = decode(answer, into, offset + done, wanted);
            done += got;
            if (got < wanted) {
                // Not all of the piece is there, or the stub gave less than asked: go on one by
                // one.
                int rest = length - done;
                return done + readRest(exchange, address + done, into, offset + done, rest);
            }
        }
        return done;
    }

    /// Reads what is left, halving what is asked for where it is refused, up to the first byte that is not there.
    private int readRest(RspExchange exchange, long address, byte[] into, int offset, int length) {
        int done = 0;
        int ask = piece();
        while (done < length && ask > 0) {
            ask = Math.min(ask, length - done);
            exchange.send(readRequest(address + done, ask));
            int got = decode(exchange.answer(), into, offset + done, ask);
            done += got;
            if (got == 0) {
                ask /= 2;
            }
        }
        return done;
    }

    private byte[] readRequest(long address, int length) {
        return readRequest(target.capabilities().binaryReads(), address, length);
    }

    static byte[] readRequest(boolean binary, long address, int length) {
        char command = binary ? 'x' : 'm';
        return Packets.ascii(
                command + Long.toHexString(address) + "," + Integer.toHexString(length));
    }

    /// @return bytes decoded; 0 where the answer is an error
    private int decode(byte[] answer, byte[] into, int offset, int most) {
        return decode(target.capabilities().binaryReads(), answer, into, offset, most);
    }

    /// @return bytes decoded; 0 where the answer is an error
    static int decode(boolean binary, byte[] answer, byte[] into, int offset, int most) {
        if (answer.length == 0 || answer[0] == 'E') {
            return 0;
        }
        int count;
        if (binary) {
            count = answer[0] == 'b' && answer.length - 1 <= most ? answer.length - 1 : -1;
            System.arraycopy(answer, 1, into, offset, Math.max(0, count));
        } else {
            count = Packets.unhex(answer, into, offset, most);
        }
        if (count < 0) {
            throw new TargetException(
                    Trouble.PROTOCOL, "the stub answers a memory read with something else");
        }
        return count;
    }

    @Override
    public void write(long address, byte[] bytes) {
        target.locked(
                "memory can be written",
                exchange -> {
                    write(exchange, address, bytes);
                    return bytes.length;
                });
    }

    private void write(RspExchange exchange, long address, byte[] bytes) {
        Capabilities capabilities = target.capabilities();
        int piece = piece();
        List<byte[]> requests = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            requests.add(
                    capabilities.binaryWrites()
                            ? binaryWrite(address + at, part)
                            : Packets.ascii(
                                    "M%x,%x:%s"
                                            .formatted(
                                                    address + at, part.length, Packets.hex(part))));
        }
        for (byte[] answer : exchange.requestAll(requests, capabilities.requestsAhead())) {
            if (!Packets.isOk(answer)) {
                throw new TargetException(
                        Trouble.REFUSED,
                        "the target refuses to have %d bytes written at 0x%x"
                                .formatted(bytes.length, address));
            }
        }
    }

    private static byte[] binaryWrite(long address, byte[] part) {
        byte[] head = Packets.ascii("X%x,%x:".formatted(address, part.length));
        byte[] request = Arrays.copyOf(head, head.length + part.length);
        System.arraycopy(part, 0, request, head.length, part.length);
        return request;
    }

    @Override
    public void patch(long address, byte[] bytes) {
        target.locked(
                "memory can be patched",
                exchange -> {
                    byte[] before = new byte[bytes.length];
                    if (read(address, before, 0, before.length) < before.length) {
                        throw new TargetException(
                                Trouble.REFUSED,
                                "0x%x cannot be patched: what is there cannot be read"
                                        .formatted(address));
                    }
                    patches.putIfAbsent(new Range(address, before.length), before);
                    write(exchange, address, bytes);
                    return bytes.length;
                });
    }

    /// Puts back what [#patch] replaced, the latest first, and checks it.
    ///
    /// @return whether all of it is as it was
    boolean restore(RspExchange exchange) {
        boolean sound = true;
        List<Map.Entry<Range, byte[]>> latestLast = new ArrayList<>(patches.entrySet());
        for (Map.Entry<Range, byte[]> patch : latestLast.reversed()) {
            long address = patch.getKey().address();
            byte[] before = patch.getValue();
            try {
                write(exchange, address, before);
                byte[] now = new byte[before.length];
                sound &=
                        readWindow(exchange, address, now, 0, now.length) == now.length
                                && Arrays.equals(now, before);
            } catch (TargetException e) {
                if (!e.isLinkSound()) {
                    throw e;
                }
                sound = false;
            }
        }
        patches.clear();
        return sound;
    }

    boolean hasPatches() {
        return !patches.isEmpty();
    }
}
