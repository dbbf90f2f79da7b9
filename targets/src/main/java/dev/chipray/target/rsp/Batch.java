package dev.chipray.target.rsp;

import dev.chipray.target.RegisterLayout.Register;
import dev.chipray.target.RegisterValues;
import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Several reads and writes of a halted target that go out together, and with [#runAndResume] the resume behind them: all
/// of them cost one round trip where the stub takes requests ahead of its answers.
///
/// Used once, by one thread. What cannot be read is short; a refused write is a [TargetException].
public final class Batch {

    private final RspTarget target;
    private final int piece;
    private final boolean binary;
    private final List<byte[]> requests = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<byte[]> results = new ArrayList<>();

    /// What a request is for: a piece of a read, or a write where `result` is negative.
    private record Part(int result, int offset, int length, String what) {}

    Batch(RspTarget target, int piece) {
        this.target = target;
        this.piece = piece;
        this.binary = target.capabilities().binaryReads();
    }

    /// Asks for memory.
    ///
    /// @return the number by which [#bytes] gives it
    public int read(long address, int length) {
        int result = results.size();
        results.add(new byte[length]);
        for (int at = 0; at < length; at += piece) {
            int here = Math.min(piece, length - at);
            requests.add(RspMemory.readRequest(binary, address + at, here));
            parts.add(new Part(result, at, here, "memory"));
        }
        return result;
    }

    /// Writes memory.
    public void write(long address, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += piece) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            requests.add(
                    Packets.ascii(
                            "M%x,%x:%s".formatted(address + at, part.length, Packets.hex(part))));
            parts.add(new Part(-1, 0, 0, "to have memory written"));
        }
    }

    /// Makes the registers what `wanted` has, as far as that differs from `now`.
    public void setRegisters(RegisterValues now, RegisterValues wanted) {
        List<Register> changed = now.differences(wanted);
        if (changed.size() > 2 && now.isComplete() && wanted.isComplete()) {
            requests.add(Packets.ascii("G" + Packets.hex(wanted.bytes())));
            parts.add(new Part(-1, 0, 0, "to have registers set"));
            return;
        }
        for (Register register : changed) {
            requests.add(
                    Packets.ascii(
                            "P%x=%s"
                                    .formatted(
                                            register.number(),
                                            Packets.hex(wanted.bytes(register)))));
            parts.add(new Part(-1, 0, 0, "to have register " + register.name() + " set"));
        }
    }

    /// Sends all of it and waits for the answers.
    public void run() {
        take(target.request(requests));
    }

    /// Sends all of it, lets the target run, and waits for the answers.
    public void runAndResume() {
        take(target.requestAndResume(requests));
    }

    private void take(List<byte[]> answers) {
        boolean[] cut = new boolean[results.size()];
        int[] lengths = new int[results.size()];
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            byte[] answer = answers.get(i);
            if (part.result() < 0) {
                if (!Packets.isOk(answer)) {
                    throw new TargetException(
                            Trouble.REFUSED,
                            "the stub refuses %s (it says '%s')"
                                    .formatted(part.what(), StopReplies.excerpt(answer)));
                }
            } else if (!cut[part.result()]) {
                int got =
                        RspMemory.decode(
                                binary,
                                answer,
                                results.get(part.result()),
                                part.offset(),
                                part.length());
                lengths[part.result()] += got;
                cut[part.result()] = got < part.length();
            }
        }
        for (int i = 0; i < lengths.length; i++) {
            byte[] bytes = results.get(i);
            results.set(i, lengths[i] == bytes.length ? bytes : Arrays.copyOf(bytes, lengths[i]));
        }
    }

    /// What a read found, as many bytes from its address on as were there.
    public byte[] bytes(int read) {
        return results.get(read);
    }
}
