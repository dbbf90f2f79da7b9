package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.hex.HexFiles;
import dev.chipray.hex.MemoryImage;
import dev.chipray.linkermap.LinkerMap;
import dev.chipray.linkermap.MapSymbol;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What a linker and its tools write: maps, Intel HEX and S-records, of any bytes.
class LinkerFilesFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void anyMapGivesSortedSymbolsOrIsRefused(byte[] bytes) throws IOException {
        read(bytes);
        // With a heading, so that the search gets into the part that matters.
        byte[] heading = "Linker script and memory map\n".getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[heading.length + bytes.length];
        System.arraycopy(heading, 0, whole, 0, heading.length);
        System.arraycopy(bytes, 0, whole, heading.length, bytes.length);
        read(whole);
    }

    private static void read(byte[] bytes) throws IOException {
        LinkerMap map;
        try {
            map = LinkerMap.read(new ByteArrayInputStream(bytes), "fuzz.map");
        } catch (MalformedException e) {
            return;
        }
        MapSymbol last = null;
        for (MapSymbol symbol : map.symbols()) {
            if (last != null) {
                assertThat(Long.compareUnsigned(last.address(), symbol.address()))
                        .isLessThanOrEqualTo(0);
            }
            last = symbol;
            assertThat(map.symbols(symbol.name())).contains(symbol);
            map.symbolAt(symbol.address());
        }
    }

    @FuzzTest(maxDuration = "2m")
    void anyHexFileGivesSortedBlocksOrIsRefused(byte[] bytes) {
        ByteView file = ByteView.of(bytes, "fuzz.hex");
        try {
            check(HexFiles.readIntelHex(file), bytes.length);
        } catch (MalformedException e) {
            assertThat(e.what()).isEqualTo("fuzz.hex");
        }
    }

    @FuzzTest(maxDuration = "2m")
    void anySRecordFileGivesSortedBlocksOrIsRefused(byte[] bytes) {
        ByteView file = ByteView.of(bytes, "fuzz.srec");
        try {
            check(HexFiles.readSRecords(file), bytes.length);
        } catch (MalformedException e) {
            assertThat(e.what()).isEqualTo("fuzz.srec");
        }
    }

    private static void check(MemoryImage image, int fileSize) {
        assertThat(image.size()).isLessThanOrEqualTo(fileSize);
        long end = -1;
        for (MemoryImage.Block block : image.blocks()) {
            assertThat(block.address()).isGreaterThan(end);
            assertThat(image.readFully(block.address(), new byte[(int) block.bytes().size()]))
                    .isTrue();
            end = block.end();
        }
    }
}
