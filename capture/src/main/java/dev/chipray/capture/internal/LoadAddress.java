package dev.chipray.capture.internal;

import dev.chipray.elf.ElfFile;
import dev.chipray.target.rsp.RspTarget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Finds out where a target has loaded a position-independent program; stateless.
public final class LoadAddress {

    /// `AT_ENTRY` of the System V ABI.
    private static final int ENTRY = 9;

    private LoadAddress() {}

    /// What is added to linked addresses; 0 for firmware, and where the stub does not tell.
    public static long bias(RspTarget target, ElfFile elf) {
        if (!elf.isPositionIndependent() || !target.capabilities().supports("qXfer:auxv:read")) {
            return 0;
        }
        byte[] request = "qXfer:auxv:read::0,1000".getBytes(StandardCharsets.US_ASCII);
        byte[] answer = target.request(List.of(request)).getFirst();
        int word = elf.header().wordSize();
        ByteBuffer vector = ByteBuffer.wrap(answer).order(elf.header().order());
        for (int at = 1; at + 2 * word <= answer.length; at += 2 * word) {
            long key = word == 8 ? vector.getLong(at) : vector.getInt(at);
            long value =
                    word == 8 ? vector.getLong(at + word) : vector.getInt(at + word) & 0xffff_ffffL;
            if (key == ENTRY) {
                return elf.loadBias(value);
            }
        }
        return 0;
    }
}
