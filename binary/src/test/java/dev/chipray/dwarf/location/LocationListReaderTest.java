package dev.chipray.dwarf.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LocationListReaderTest {
    private static final LocationListReader READER =
            new LocationListReader(
                    new Encoding(4, 4, 5),
                    0x1000,
                    index ->
                            index < 8
                                    ? OptionalLong.of(0x8000 + 0x100 * index)
                                    : OptionalLong.empty());

    private static ByteView section(String hex) {
        return ByteView.of(HexFormat.of().parseHex(hex.replace(" ", "")), ".debug_loc");
    }

    private static String text(LocationList list) {
        StringBuilder text = new StringBuilder();
        for (LocationList.Entry entry : list.entries()) {
            text.append(
                    "%x-%x:%s "
                            .formatted(
                                    entry.low(),
                                    entry.high(),
                                    HexFormat.of().formatHex(entry.expression().bytes())));
        }
        list.otherwise()
                .ifPresent(bytes -> text.append("else:" + HexFormat.of().formatHex(bytes.bytes())));
        return text.toString().strip();
    }

    @Test
    void readsListsOfOldUnitsWithNewBases() {
        ByteView section =
                section(
                        "ffff 04000000 08000000 0100 50"
                                + "ffffffff 00200000"
                                + "00000000 10000000 0200 9100"
                                + "08000000 08000000 0100 51"
                                + "00000000 00000000");
        assertThat(text(READER.readLoc(section, 2))).isEqualTo("1004-1008:50 2000-2010:9100");
    }

    @Test
    void readsAllKindsOfEntriesOfNewUnits() {
        ByteView section =
                section(
                        "04 04 08 01 50"
                                + "09 01 02"
                                + "06 00200000 04 00 10 01 51"
                                + "01 02 04 01 02 01 52"
                                + "02 01 02 01 53"
                                + "03 03 20 01 54"
                                + "07 00300000 10300000 01 55"
                                + "08 00400000 04 00"
                                + "01 63 04 00 08 01 57"
                                + "05 01 56 00");
        assertThat(text(READER.readLoclists(section, 0)))
                .isEqualTo(
                        "1004-1008:50 2000-2010:51 8201-8202:52 8100-8200:53 8300-8320:54 3000-3010:55 4000-4004: else:56");
    }

    @Test
    void findsTheExpressionAtAnAddress() {
        LocationList list = READER.readLoclists(section("04 04 08 01 50 04 08 0c 01 51 00"), 0);
        assertThat(list.at(0x1003)).isEmpty();
        assertThat(list.at(0x1004).orElseThrow().u8(0)).isEqualTo(0x50);
        assertThat(list.at(0x1008).orElseThrow().u8(0)).isEqualTo(0x51);
        assertThat(list.at(0x100c)).isEmpty();
    }

    @Test
    void findsListsByIndex() {
        ByteView section = section("00000000 10000000 20000000");
        assertThat(READER.indexedOffset(section, 4, 1)).isEqualTo(0x24);
        assertThatThrownBy(() -> READER.indexedOffset(section, 4, 2))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> READER.indexedOffset(section, 4, -1))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesListsWithoutEndAndUnknownKinds() {
        assertThatThrownBy(() -> READER.readLoclists(section("04 04 08 01 50"), 0))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> READER.readLoclists(section("0a"), 0))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> READER.readLoc(section("04000000"), 0))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> READER.readLoc(section("00"), 9))
                .isInstanceOf(MalformedException.class);
    }
}
