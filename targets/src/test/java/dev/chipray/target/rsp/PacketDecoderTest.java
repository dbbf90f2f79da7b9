package dev.chipray.target.rsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.target.rsp.PacketDecoder.Item;
import dev.chipray.target.rsp.PacketDecoder.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {

    @Test
    void packetsAcknowledgementsAndNotificationsAreToldApart() {
        assertThat(decode("+$OK#9a-%Stop:T05#99\u0000$#00"))
                .containsExactly(
                        "ACKNOWLEDGED ",
                        "PACKET OK",
                        "REFUSED ",
                        "NOTIFICATION Stop:T05",
                        "PACKET ");
    }

    @Test
    void runsAreSpelledOut() {
        // 0* stands for four zeros: a blank is 29 + 3.
        assertThat(decode("$0* #7a")).containsExactly("PACKET 0000");
        assertThat(decode("$ab*\"c#72")).containsExactly("PACKET abbbbbbc");
        assertThat(decode("$*!#4b")).containsExactly("DAMAGED ");
    }

    @Test
    void escapedBytesAreRestored() {
        byte[] payload = {'$', '#', '}', '*', 0, (byte) 0xff, 3};
        List<Item> items = decodeBytes(Packets.frame(payload));
        assertThat(items).hasSize(1);
        assertThat(items.getFirst().payload()).isEqualTo(payload);
    }

    @Test
    void aWrongChecksumIsDamage() {
        assertThat(decode("$OK#9b$OK#zz$OK#9a"))
                .containsExactly("DAMAGED ", "DAMAGED ", "PACKET OK");
    }

    @Test
    void aPacketThatBeginsInsideAnotherEndsThatOne() {
        assertThat(decode("$m20$OK#9a$OK#$OK#9a"))
                .containsExactly("DAMAGED ", "PACKET OK", "DAMAGED ", "PACKET OK");
    }

    @Test
    void aRunWithoutEndTakesNoMoreMemoryThanAPacketMay() {
        byte[] bytes = new byte[2_000_001];
        Arrays.fill(bytes, (byte) 'a');
        bytes[0] = '$';
        PacketDecoder decoder = new PacketDecoder();
        decoder.accept(bytes, 0, bytes.length);
        decoder.accept(Packets.ascii("#00"), 0, 3);
        Item item = Objects.requireNonNull(decoder.poll());
        assertThat(item.kind()).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void anyPayloadSurvivesFramingInAnyPieces() {
        Random random = new Random(3);
        PacketDecoder decoder = new PacketDecoder();
        for (int round = 0; round < 2000; round++) {
            byte[] payload = new byte[random.nextInt(60)];
            random.nextBytes(payload);
            byte[] frame = Packets.frame(payload);
            int at = 0;
            while (at < frame.length) {
                int piece = Math.min(frame.length - at, random.nextInt(1, 9));
                decoder.accept(frame, at, piece);
                at += piece;
            }
            Item item = Objects.requireNonNull(decoder.poll());
            assertThat(item.payload()).isEqualTo(payload);
        }
    }

    private static List<String> decode(String text) {
        return decodeBytes(Packets.ascii(text)).stream()
                .map(item -> item.kind() + " " + Packets.text(item.payload()))
                .toList();
    }

    private static List<Item> decodeBytes(byte[] bytes) {
        PacketDecoder decoder = new PacketDecoder();
        decoder.accept(bytes, 0, bytes.length);
        List<Item> items = new ArrayList<>();
        for (Item item = decoder.poll(); item != null; item = decoder.poll()) {
            items.add(item);
        }
        return items;
    }
}
