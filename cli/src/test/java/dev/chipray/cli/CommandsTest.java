package dev.chipray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    private static final String FRAME =
            "#1  0x00000091a in gc_alloc (n_bytes=24) at ../../py/gc.c:1011\n";

    @TempDir Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String event(int ordinal, long block, long length, String frames) {
        return "Breakpoint 1, gc_log_change (start_block="
                + block
                + ", length="
                + length
                + ") at ../../py/gc.c:153\n153\t\n"
                + "$"
                + (2 * ordinal + 1)
                + " = 0x"
                + Long.toHexString(block)
                + "\n"
                + "$"
                + (2 * ordinal + 2)
                + " = 0x"
                + Long.toHexString(length)
                + "\n"
                + "#0  gc_log_change (start_block="
                + block
                + ", length="
                + length
                + ") at ../../py/gc.c:153\n"
                + FRAME
                + frames
                + "\n";
    }

    private Path log() throws IOException {
        return file(
                "small.log",
                event(
                                0,
                                0,
                                2,
                                "#2  0x0000100 in make_list () at list.c:10\n#3  0x0000200 in main () at main.c:5\n")
                        + event(
                                1,
                                2,
                                3,
                                "#2  0x0000110 in make_dict () at dict.c:20\n#3  0x0000204 in main () at main.c:6\n")
                        + event(
                                2,
                                0,
                                0,
                                "#2  0x0000120 in drop () at list.c:30\n#3  0x0000208 in main () at main.c:7\n"));
    }

    @Test
    void treeOfTheSampleIsTheGoldenOne() throws IOException {
        Outcome tree = Outcome.of("tree", Outcome.SAMPLE, "--depth", "7", "--min", "5");

        assertThat(tree.status()).isZero();
        Golden.check("sample-tree.txt", tree.out());
    }

    @Test
    void summaryOfTheSampleIsTheGoldenOne() throws IOException {
        String out = Outcome.of("report", Outcome.SAMPLE, "--block-size", "16").out();

        Golden.check("sample-report.txt", out.replace(Outcome.SAMPLE, "SAMPLE"));
    }

    @Test
    void leaksAndTimelineOfTheSampleAreTheGoldenOnes() throws IOException {
        Golden.check("sample-leaks.txt", Outcome.of("leaks", Outcome.SAMPLE, "--limit", "3").out());
        Golden.check("sample-timeline.txt", Outcome.of("timeline", Outcome.SAMPLE).out());
    }

    @Test
    void treeShowsWhatIsAliveAfterAnEventCountedFromZero() throws IOException {
        String log = log().toString();

        assertThat(Outcome.of("tree", log, "--at", "0").out())
                .isEqualTo(
                        "main.c:5 main 2 blocks\n list.c:10 make_list 2 blocks\n2 total blocks\n");
        assertThat(Outcome.of("tree", log, "--at", "peak").out())
                .isEqualTo(
                        """
                        main.c:5 main 2 blocks
                         list.c:10 make_list 2 blocks
                        main.c:6 main 3 blocks
                         dict.c:20 make_dict 3 blocks
                        5 total blocks
                        """);
        assertThat(Outcome.of("tree", log).out())
                .isEqualTo(
                        "main.c:6 main 3 blocks\n dict.c:20 make_dict 3 blocks\n3 total blocks\n");
    }

    @Test
    void treeInBytesNeedsToKnowTheBlock() throws IOException {
        String log = log().toString();

        Outcome unknown = Outcome.of("tree", log, "--bytes");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("--block-size");

        assertThat(Outcome.of("tree", log, "--bytes", "--block-size", "16").out())
                .endsWith("48 total bytes\n");
    }

    @Test
    void anEventThatIsNotThereIsNoAnswer() throws IOException {
        Outcome outcome = Outcome.of("tree", log().toString(), "--at", "3");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("3 events are counted from 0");
    }

    @Test
    void recordingAndHistoryGiveTheSameTreeAsTheLogTheyWereMadeOf() {
        String tree = Outcome.of("tree", Outcome.SAMPLE).out();
        for (String format : new String[] {"chipray", "allocation-history"}) {
            String exported = folder.resolve("exported." + format).toString();
            assertThat(
                            Outcome.of("export", Outcome.SAMPLE, "--to", format, "-o", exported)
                                    .status())
                    .isZero();

            assertThat(Outcome.of("tree", exported).out()).as(format).isEqualTo(tree);
        }
    }

    @Test
    void whatIsNoInputIsOneClearLineAndNoStackTrace() throws IOException {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        Path binary = Files.write(folder.resolve("noise.bin"), noise);
        String[] inputs = {
            file("empty.log", "").toString(),
            binary.toString(),
            file("other.log", "I (312) wifi: connected\n".repeat(50)).toString(),
            folder.resolve("missing.log").toString(),
            folder.toString(),
        };
        for (String input : inputs) {
            for (String command : new String[] {"report", "tree", "leaks", "timeline"}) {
                Outcome outcome = Outcome.of(command, input);

                assertThat(outcome.status()).as(command + " " + input).isEqualTo(1);
                assertThat(outcome.out()).isEmpty();
                assertThat(outcome.err().lines().toList()).hasSize(1);
                assertThat(outcome.err())
                        .startsWith("chipray: " + input + ": ")
                        .doesNotContain("Exception");
            }
        }
    }

    @Test
    void wrongUsageIsStatusTwoAndNamesTheHelp() {
        for (String[] args :
                new String[][] {
                    {"tree"},
                    {"tree", "--no-such", "x"},
                    {"no-such-command"},
                    {"tree", "x", "--depth", "many"},
                    {"report", "x", "--block-size", "-4"},
                    {"export", "x", "--to", "no-such-format"},
                    {"tree", "x", "--at", "soon"}
                }) {
            Outcome outcome = Outcome.of(args);

            assertThat(outcome.status()).as(String.join(" ", args)).isEqualTo(2);
            assertThat(outcome.err()).startsWith("chipray: ").doesNotContain("Exception");
        }
    }

    @Test
    void aLogCutAnywhereGivesAnAnswerOrOneLine() throws IOException {
        byte[] whole = Files.readAllBytes(log());
        for (int length = 0; length < whole.length; length++) {
            Path cut =
                    Files.write(folder.resolve("cut.log"), java.util.Arrays.copyOf(whole, length));

            Outcome outcome = Outcome.of("tree", cut.toString());

            assertThat(outcome.status()).as("cut at " + length).isIn(0, 1);
            assertThat(outcome.err()).doesNotContain("Exception").doesNotContain("\tat ");
        }
    }

    @Test
    void namesFromTheDeviceCannotSteerTheTerminal() throws IOException {
        Path log =
                file(
                        "evil.log",
                        event(
                                0,
                                0,
                                2,
                                "#2  0x0000100 in red\u001b[31m\u202e () at evil\u0007.c:10\n"));

        for (String command : new String[] {"report", "tree", "leaks"}) {
            assertThat(Outcome.of(command, log.toString()).out())
                    .as(command)
                    .doesNotContain("\u001b")
                    .doesNotContain("\u0007")
                    .doesNotContain("\u202e");
        }
    }

    @Test
    void diffNamesThePathsThatAreNewAndGone() throws IOException {
        Path after =
                file(
                        "after.log",
                        event(
                                0,
                                0,
                                4,
                                "#2  0x0000100 in make_more () at more.c:10\n#3  0x0000200 in main () at main.c:9\n"));

        String diff = Outcome.of("diff", log().toString(), after.toString()).out();

        assertThat(diff.lines().map(String::strip))
                .contains(
                        "0      4      +4  new   make_more ← main",
                        "3      0      −3  gone  make_dict ← main");
        assertThat(Outcome.of("diff", log().toString(), log().toString()).out())
                .contains("No call path differs in live.");
    }

    @Test
    void checkSaysWhichLimitIsNotMetAndWhoIsOver() throws IOException {
        String log = log().toString();

        assertThat(Outcome.of("check", log, "--max-peak", "5", "--max-live", "3").status())
                .isZero();
        Outcome over = Outcome.of("check", log, "--max-peak", "4", "--max-path-live", "2");
        assertThat(over.status()).isEqualTo(3);
        assertThat(over.out())
                .isEqualTo(
                        """
                        not met  peak: 5 blocks, at most 4 blocks
                        not met  live of any call path: 3 blocks, at most 2 blocks
                                 make_dict ← main
                        """);
        assertThat(Outcome.of("check", log, "--max-peak", "80B", "--block-size", "16").status())
                .isZero();
        assertThat(Outcome.of("check", log, "--max-peak", "1KiB").status()).isEqualTo(2);
        assertThat(Outcome.of("check", log).status()).isEqualTo(2);
    }

    @Test
    void everyCommandHasHelp() throws IOException {
        String help = Outcome.of("--help").out();
        assertThat(help).contains("report", "tree", "leaks", "timeline", "export");
        for (String command :
                Commands.create(new Console(System.out, System.err, 0), new String[0])
                        .getSubcommands()
                        .keySet()) {
            Outcome outcome = Outcome.of(command, "--help");

            assertThat(outcome.status()).isZero();
            assertThat(outcome.out()).as(command).contains("Usage: chipray " + command);
            assertThat(Files.readString(Outcome.HOME.resolve("docs/commands.md")))
                    .as("docs/commands.md describes it")
                    .contains("## " + command + "\n");
        }
    }

    @Test
    void thePageIsWrittenWholeBesideTheSummary() throws IOException {
        Path page = folder.resolve("page.html");

        assertThat(Outcome.of("report", Outcome.SAMPLE, "--html", page.toString()).status())
                .isZero();

        assertThat(Files.readString(page)).startsWith("<!doctype html>").endsWith("</html>\n");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .containsExactly("page.html");
        }
    }

    @Test
    void aFailedExportLeavesTheOldFileAlone() throws IOException {
        Path kept = file("kept.json", "old");

        Outcome outcome =
                Outcome.of(
                        "export",
                        folder.resolve("none.log").toString(),
                        "--to",
                        "json",
                        "-o",
                        kept.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(kept).hasContent("old");
    }

    /// Compares with a file under src/test/resources, or renews it where CHIPRAY_RENEW_GOLDEN is set.
    private static final class Golden {

        static void check(String name, String actual) throws IOException {
            if (System.getenv("CHIPRAY_RENEW_GOLDEN") != null) {
                Path file = Path.of("src/test/resources/dev/chipray/cli").resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
                return;
            }
            try (InputStream golden = CommandsTest.class.getResourceAsStream(name)) {
                assertThat(golden).as("golden file " + name).isNotNull();
                assertThat(actual)
                        .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
