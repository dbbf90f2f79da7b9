package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.target.rsp.PacketDecoder;
import dev.chipray.target.rsp.PacketDecoder.Item;
import java.util.ArrayList;
import java.util.List;

/// Bytes of a stub: whatever they are, in one piece or in many, they mean the same and are bounded.
class PacketDecoderFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anySplitOfAnyBytesMeansTheSame(byte[] bytes) {
        PacketDecoder whole = new PacketDecoder();
        whole.accept(bytes, 0, bytes.length);
        PacketDecoder pieces = new PacketDecoder();
        List<Item> fromPieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + (bytes[at] & 7));
            pieces.accept(bytes, at, length);
            at += length;
            for (Item item = pieces.poll(); item != null; item = pieces.poll()) {
                fromPieces.add(item);
            }
        }
        int count = 0;
        for (Item item = whole.poll(); item != null; item = whole.poll()) {
            assertThat(count).isLessThan(fromPieces.size());
            assertThat(item.kind()).isEqualTo(fromPieces.get(count).kind());
            assertThat(item.payload())
                    .hasSizeLessThanOrEqualTo(PacketDecoder.MAXIMUM_PACKET)
                    .isEqualTo(fromPieces.get(count).payload());
            count++;
        }
        assertThat(count).isEqualTo(fromPieces.size());
    }
}
