package dev.chipray.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.bytes.ByteView;
import dev.chipray.elf.ElfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolizerTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void an_address_has_its_line_and_its_chain_of_calls_in_every_version(int version) {
        try (Symbolizer symbolizer = Symbolizer.of(FirmwareImage.of(version).file())) {
            assertThat(lines(symbolizer, 0x8000, 0x8002, 0x800a, 0x8010, 0x8020, 0x8038, 0x9000))
                    .containsExactly(
                            "0x00008000: outer at /src/main.c:10",
                            "0x00008002: outer at /src/main.c:10",
                            "0x0000800a: inner at /src/main.c:5",
                            " (inlined by) outer at /src/main.c:12",
                            "0x00008010: outer at /src/main.c:13",
                            "0x00008020: plain at /src/main.c:20",
                            "0x00008038: tail at ??:?",
                            "0x00009000: ?? ??:0");
            assertThat(symbolizer.diagnostics()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void code_that_the_linker_dropped_does_not_lie_over_the_vectors(int version) {
        try (Symbolizer symbolizer = Symbolizer.of(FirmwareImage.of(version).file())) {
            assertThat(lines(symbolizer, 0, 4, 0x10))
                    .containsExactly(
                            "0x00000000: ?? ??:0", "0x00000004: ?? ??:0", "0x00000010: ?? ??:0");
        }
    }

    @Test
    void the_load_bias_and_the_thumb_bit_are_taken_off() {
        try (Symbolizer symbolizer =
                Symbolizer.of(FirmwareImage.of(4).file()).withLoadBias(0x10000)) {
            assertThat(symbolizer.frames(0x1800b))
                    .extracting(SourceFrame::function)
                    .containsExactly("inner", "outer");
            assertThat(symbolizer.address("plain")).hasValue(0x18020L);
            assertThat(symbolizer.function(0x18031))
                    .hasValue(new FunctionSymbol("tail", 0x18030, 0x10, ".text"));
        }
    }

    @Test
    void names_stand_beside_the_addresses_in_text_and_other_numbers_stay() {
        try (Symbolizer symbolizer = Symbolizer.of(FirmwareImage.of(5).file())) {
            TextAnnotator annotator = new TextAnnotator(symbolizer, name -> name);
            assertThat(annotator.annotate("pc=0x800b lr=00008021, n=12345678"))
                    .isEqualTo(
                            "pc=0x800b [inner main.c:5 < outer main.c:12] lr=00008021 [plain"
                                    + " main.c:20], n=12345678");
        }
    }

    @Test
    void a_second_run_parses_nothing_and_a_broken_cache_changes_no_answer(@TempDir Path folder)
            throws IOException {
        Path elf = Files.write(folder.resolve("fw.elf"), FirmwareImage.of(5).build());
        Path cache = folder.resolve("cache");
        List<String> expected;
        try (Symbolizer first = Symbolizer.open(elf, cache)) {
            expected = lines(first, 0x8000, 0x800a, 0x8020);
            assertThat(first.units().hasNews()).isTrue();
        }
        try (Symbolizer second = Symbolizer.open(elf, cache)) {
            assertThat(lines(second, 0x8000, 0x800a, 0x8020)).isEqualTo(expected);
            assertThat(second.units().hasNews()).isFalse();
        }
        Path file = onlyFile(cache);
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] broken =
                    Arrays.copyOf(sound, i % 2 == 0 ? random.nextInt(sound.length) : sound.length);
            if (broken.length > 0) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, broken);
            try (Symbolizer again = Symbolizer.open(elf, cache)) {
                assertThat(lines(again, 0x8000, 0x800a, 0x8020)).isEqualTo(expected);
            }
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void any_changed_byte_of_the_debug_information_gives_an_answer() {
        byte[] sound = FirmwareImage.of(4).build();
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = sound.clone();
            for (int change = 0; change < 3; change++) {
                bytes[200 + random.nextInt(bytes.length - 700)] = (byte) random.nextInt(256);
            }
            ByteView view = ByteView.of(bytes, "changed.elf");
            try (Symbolizer symbolizer = Symbolizer.of(ElfFile.of(view))) {
                for (long address = 0x7ffe; address < 0x8050; address += 2) {
                    assertThat(symbolizer.frames(address)).isNotNull();
                }
            }
        }
    }

    private static List<String> lines(Symbolizer symbolizer, long... addresses) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Addr2LineFormat format = new Addr2LineFormat(symbolizer, out);
        try {
            for (long address : addresses) {
                format.write(address);
            }
            format.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(out.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
