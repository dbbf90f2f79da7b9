package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import dev.chipray.dwarf.LineProgram;
import dev.chipray.dwarf.raw.Sections;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.symbols.Symbolizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// ELF files, debug sections and cached indexes of any bytes: nothing is thrown but malformed or unsupported input.
class DebugInformationFuzzTest {
    private static final List<String> SECTIONS =
            List.of(
                    Sections.INFO,
                    Sections.ABBREV,
                    Sections.LINE,
                    Sections.STR,
                    Sections.LINE_STR,
                    Sections.STR_OFFSETS,
                    Sections.ADDR,
                    Sections.RANGES,
                    Sections.RNGLISTS,
                    Sections.TYPES);
    private static final int MOST_ENTRIES = 10_000;

    @FuzzTest(maxDuration = "5m")
    void anyBytesGiveAnElfFileOrAnInputError(byte[] bytes) {
        try {
            ElfFile file = ElfFile.of(ByteView.of(bytes, "fuzz.elf"));
            file.symbols().stream().forEach(symbol -> assertThat(symbol.name()).isNotNull());
            file.notes();
            file.buildId();
            for (ElfSection section : file.sections()) {
                contents(file, section);
            }
            try (Symbolizer symbolizer = Symbolizer.of(file)) {
                symbolizer.frames(file.header().entry());
                symbolizer.functions();
            }
        } catch (MalformedException | UnsupportedException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void contents(ElfFile file, ElfSection section) {
        try {
            assertThat(file.contents(section).size()).isNotNegative();
        } catch (MalformedException | UnsupportedException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anyDebugSectionsGiveEntriesAndLinesOrAnInputError(FuzzedDataProvider data) {
        Map<String, ByteView> sections = new HashMap<>();
        for (String name : SECTIONS) {
            sections.put(name, ByteView.of(data.consumeBytes(512), name));
        }
        Dwarf dwarf =
                Dwarf.of(
                        new Sections(name ->
                                sections.getOrDefault(name, ByteView.of(new byte[0], name))));
        for (DwarfUnit unit : dwarf.units()) {
            try {
                unit.lineProgram().ifPresent(LineProgram::rows);
                unit.ranges();
                walk(unit.root());
            } catch (MalformedException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static void walk(Die root) {
        Deque<Die> open = new ArrayDeque<>(List.of(root));
        for (int count = 0; !open.isEmpty() && count < MOST_ENTRIES; count++) {
            Die die = open.removeLast();
            for (int attribute : die.attributes()) {
                die.attribute(attribute);
            }
            die.name();
            die.ranges();
            open.addAll(die.children());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void anyCacheFileIsUsedOrIgnored(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        try {
            Path elf = folder.resolve("fw.elf");
            // The smallest ELF file: a header without tables.
            byte[] header = new byte[52];
            System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1}, 0, header, 0, 7);
            header[16] = 2;
            Files.write(elf, header);
            Path cache = Files.createDirectories(folder.resolve("cache"));
            try (Symbolizer symbolizer = Symbolizer.open(elf, cache)) {
                Files.write(symbolizer.cacheFile().orElseThrow(), bytes);
            }
            try (Symbolizer symbolizer = Symbolizer.open(elf, cache)) {
                for (long address = 0; address < 64; address++) {
                    assertThat(symbolizer.frames(address)).isNotNull();
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
