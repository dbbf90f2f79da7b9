package dev.chipray.hex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.hex.HexFiles.Format;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HexFilesTest {

    /// An Intel HEX record with its checksum.
    private static String hex(int type, int offset, int... data) {
        StringBuilder line =
                new StringBuilder(":%02X%04X%02X".formatted(data.length, offset, type));
        int sum = data.length + (offset >> 8) + offset + type;
        for (int value : data) {
            line.append("%02X".formatted(value));
            sum += value;
        }
        return line.append("%02X\n".formatted(-sum & 0xff)).toString();
    }

    /// An S-record with its checksum; the address has the digits its type wants.
    private static String srec(int type, String address, int... data) {
        int count = address.length() / 2 + data.length + 1;
        int sum = count;
        for (byte value : HexFormat.of().parseHex(address)) {
            sum += value;
        }
        StringBuilder line = new StringBuilder("S%d%02X%s".formatted(type, count, address));
        for (int value : data) {
            line.append("%02X".formatted(value));
            sum += value;
        }
        return line.append("%02X\r\n".formatted(~sum & 0xff)).toString();
    }

    private static ByteView file(String... lines) {
        return ByteView.of(String.join("", lines).getBytes(ISO_8859_1), "firmware.hex");
    }

    private static String blocks(MemoryImage image) {
        StringBuilder text = new StringBuilder();
        for (MemoryImage.Block block : image.blocks()) {
            text.append(
                    "%x:%s "
                            .formatted(
                                    block.address(),
                                    HexFormat.of().formatHex(block.bytes().bytes())));
        }
        return text.toString().strip();
    }

    @Test
    void joinsConsecutiveRecordsAndKeepsGaps() {
        MemoryImage image =
                HexFiles.read(
                        file(
                                hex(0, 0x10, 1, 2),
                                hex(0, 0x12, 3),
                                hex(0, 0x20, 9),
                                hex(0, 0x0e, 7, 8),
                                hex(1, 0)));
        assertThat(blocks(image)).isEqualTo("e:0708010203 20:09");
        assertThat(image.size()).isEqualTo(6);
        assertThat(image.diagnostics()).isEmpty();
    }

    @Test
    void addsSegmentAndLinearAddresses() {
        MemoryImage image =
                HexFiles.read(
                        file(
                                hex(2, 0, 0x12, 0x34),
                                hex(0, 0x5, 0xaa),
                                hex(4, 0, 0x20, 0x00),
                                hex(0, 0x100, 0xbb),
                                hex(5, 0, 0x08, 0x00, 0x01, 0x01),
                                hex(1, 0)));
        assertThat(blocks(image)).isEqualTo("12345:aa 20000100:bb");
        assertThat(image.entry()).hasValue(0x08000101);
    }

    @Test
    void readsTheStartAddressOfASegment() {
        assertThat(HexFiles.read(file(hex(3, 0, 0x10, 0x00, 0x00, 0x05), hex(1, 0))).entry())
                .hasValue(0x10005);
    }

    @Test
    void wrapsOffsetsWithinASegmentButNotUnderALinearAddress() {
        assertThat(
                        blocks(
                                HexFiles.read(
                                        file(
                                                hex(2, 0, 0x10, 0x00),
                                                hex(0, 0xffff, 1, 2),
                                                hex(1, 0)))))
                .isEqualTo("10000:02 1ffff:01");
        assertThat(
                        blocks(
                                HexFiles.read(
                                        file(
                                                hex(4, 0, 0x00, 0x01),
                                                hex(0, 0xffff, 1, 2),
                                                hex(1, 0)))))
                .isEqualTo("1ffff:0102");
        assertThat(
                        blocks(
                                HexFiles.read(
                                        file(
                                                hex(4, 0, 0xff, 0xff),
                                                hex(0, 0xffff, 1, 2),
                                                hex(1, 0)))))
                .isEqualTo("0:02 ffffffff:01");
    }

    @Test
    void leavesOutBrokenRecordsAndSaysWhere() {
        MemoryImage image =
                HexFiles.read(
                        file(
                                hex(0, 0, 1),
                                ":0100010005FF\n",
                                ":02000200\n",
                                "hello\n",
                                hex(0x0d, 0, 5),
                                hex(0x0d, 0, 6),
                                hex(0, 9, 9)));
        assertThat(blocks(image)).isEqualTo("0:01 9:09");
        assertThat(image.diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "firmware.hex:2: record left out: wrong checksum",
                        "firmware.hex:3: record left out: its length does not fit its line",
                        "firmware.hex:4: not a record: no ':' at its start",
                        "firmware.hex:5: records of type 0D are not read",
                        "firmware.hex:7: no end record: the file may be cut");
    }

    @Test
    void letsTheLaterOfTwoValuesCountAndSaysSo() {
        MemoryImage image =
                HexFiles.read(
                        file(hex(0, 0, 1, 2, 3), hex(0, 8, 8), hex(0, 1, 2, 9, 9), hex(1, 0)));
        assertThat(blocks(image)).isEqualTo("0:01020909 8:08");
        assertThat(image.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "1 bytes from 0x2 on were given before with other values; the later ones count");
    }

    @Test
    void readsSRecordsOfAllAddressSizes() {
        MemoryImage image =
                HexFiles.read(
                        file(
                                srec(0, "0000", 'f', 'w'),
                                srec(1, "FFFE", 1, 2),
                                srec(2, "010000", 3),
                                srec(3, "20000000", 4, 5),
                                srec(5, "0003"),
                                srec(7, "08000101")));
        assertThat(blocks(image)).isEqualTo("fffe:010203 20000000:0405");
        assertThat(image.header()).isEqualTo("fw");
        assertThat(image.entry()).hasValue(0x08000101);
        assertThat(image.diagnostics()).isEmpty();
    }

    @Test
    void reportsBrokenSRecords() {
        MemoryImage image =
                HexFiles.read(
                        file(srec(1, "0000", 1), "S1040001FF00\n", "S1\n", srec(5, "0007"), "x\n"));
        assertThat(blocks(image)).isEqualTo("0:01");
        assertThat(image.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "record left out: wrong checksum",
                        "record left out: its length does not fit its line",
                        "the file counts 7 data records, 1 were read",
                        "not a record: no 'S' and digit at its start",
                        "no end record: the file may be cut");
    }

    @Test
    void refusesFilesWithoutAnyRecord() {
        assertThatThrownBy(() -> HexFiles.read(file("hello")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> HexFiles.read(file(""))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> HexFiles.read(file(":00\n")))
                .isInstanceOf(MalformedException.class);
        assertThat(HexFiles.detect(file("\n  \n:10"))).hasValue(Format.INTEL_HEX);
        assertThat(HexFiles.detect(file("S0"))).hasValue(Format.S_RECORD);
        assertThat(HexFiles.detect(file("Sx"))).isEmpty();
    }

    @Test
    void equalsAMapOfBytesOnRandomRecords() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            TreeMap<Long, Integer> expected = new TreeMap<>();
            StringBuilder text = new StringBuilder();
            boolean intel = random.nextBoolean();
            for (int i = 0; i < 1 + random.nextInt(30); i++) {
                int address = random.nextInt(300);
                int[] data = random.ints(random.nextInt(40), 0, 256).toArray();
                for (int k = 0; k < data.length; k++) {
                    expected.put((long) address + k, data[k]);
                }
                text.append(
                        intel ? hex(0, address, data) : srec(1, "%04X".formatted(address), data));
            }
            MemoryImage image = HexFiles.read(file(text.toString()));
            TreeMap<Long, Integer> actual = new TreeMap<>();
            long end = -1;
            for (MemoryImage.Block block : image.blocks()) {
                assertThat(block.address()).isGreaterThan(end);
                end = block.end();
                for (long k = 0; k < block.bytes().size(); k++) {
                    actual.put(block.address() + k, block.bytes().u8(k));
                }
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void readsAsMemoryUpToTheNextGap() {
        MemoryImage image = HexFiles.read(file(hex(0, 0x10, 1, 2, 3), hex(0, 0x20, 9), hex(1, 0)));
        byte[] into = new byte[8];
        assertThat(image.read(0x11, into, 1, 6)).isEqualTo(2);
        assertThat(into).startsWith(0, 2, 3, 0);
        assertThat(image.read(0xf, into, 0, 1)).isZero();
        assertThat(image.read(0x13, into, 0, 1)).isZero();
        assertThat(image.readFully(0x20, new byte[1])).isTrue();
        MemoryImage raw = MemoryImage.raw(ByteView.of(new byte[] {5, 6}, "fw.bin"), 0x2000_0000L);
        assertThat(raw.read(0x2000_0001L, into, 0, 4)).isEqualTo(1);
        assertThat(into[0]).isEqualTo((byte) 6);
    }
}
