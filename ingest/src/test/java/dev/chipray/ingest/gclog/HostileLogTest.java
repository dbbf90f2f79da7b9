package dev.chipray.ingest.gclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.testkit.CapturedLogs;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileLogTest {

    private static final String STOP =
            "\nBreakpoint 1, gc_log_change (start_block=5, length=2) at ../../py/gc.c:153\n153\t\n";
    private static final String VALUES = "$1 = 0x5\n$2 = 0x2\n";
    private static final String FRAMES =
            """
            #0  gc_log_change (start_block=5, length=2) at ../../py/gc.c:153
            #1  0x0000091a in gc_alloc (n_bytes=n_bytes@entry=24) at ../../py/gc.c:1011
            #2  mp_init () at ../../py/runtime.c:114
            """;
    private static final String EVENT = STOP + VALUES + FRAMES;

    private static String head(String name, int events) {
        String text = CapturedLogs.text(name);
        int at = 0;
        for (int i = 0; i <= events; i++) {
            at = text.indexOf("\nBreakpoint 1, ", at + 1);
        }
        return text.substring(0, at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {CapturedLogs.VALUES_FIRST, CapturedLogs.FRAMES_FIRST, CapturedLogs.UP_CUT})
    void a_log_cut_at_any_byte_gives_the_events_before_and_at_most_a_part_of_the_last(String name) {
        String log = head(name, 3);
        List<String> whole = LogText.read(log).events();
        assertThat(whole).hasSize(3);
        for (int length = 0; length < log.length(); length++) {
            String cut = log.substring(0, length);
            int begun = cut.split("\nBreakpoint 1, gc_log_change", -1).length - 1;
            try {
                LogText read = LogText.read(cut);
                List<String> events = read.events();
                assertThat(events.size()).as("cut at %d", length).isBetween(begun - 1, begun);
                List<String> before = events.subList(0, Math.min(events.size(), begun - 1));
                assertThat(before).isEqualTo(whole.subList(0, before.size()));
                boolean partial =
                        events.size() == begun && !events.getLast().equals(whole.get(begun - 1));
                if (partial) {
                    String innermost = events.getLast().split(" < ", 3)[1];
                    assertThat(whole.get(begun - 1)).as("cut at %d", length).contains(innermost);
                }
                if (events.size() < begun && length > 0 && !cut.endsWith("\n")) {
                    assertThat(read.messages()).as("cut at %d", length).isNotEmpty();
                }
            } catch (MalformedInputException e) {
                assertThat(begun).as("cut at %d", length).isLessThanOrEqualTo(1);
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void pieces_of_any_size_give_the_same_events_numbers_and_diagnostics() throws IOException {
        String log = head(CapturedLogs.VALUES_FIRST, 150) + STOP + "$1 = x\n" + FRAMES + EVENT;
        List<String> expected = inPieces(log, 1 << 20);
        for (int capacity : new int[] {64, 1000, 5000, 20_000, 100_000}) {
            assertThat(inPieces(log, capacity)).as("pieces of %d", capacity).isEqualTo(expected);
        }
    }

    private static List<String> inPieces(String log, int capacity) throws IOException {
        CallStacks stacks = CallStacks.create();
        List<String> told = new ArrayList<>();
        PieceMerger merger =
                new PieceMerger(
                        stacks,
                        (time, kind, block, size, stack) ->
                                told.add(
                                        time + " " + kind + " " + block + "+" + size + " "
                                                + stack));
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        new PiecePipeline(new LogPieces(new ByteArrayInputStream(bytes), capacity), merger).run();
        for (int stack = 1; stack < stacks.stacks().size(); stack++) {
            told.add(stacks.stacks().caller(stack) + " " + stacks.stacks().frame(stack));
        }
        for (int frame = 0; frame < stacks.frames().size(); frame++) {
            told.add(stacks.frames().functionName(frame) + stacks.frames().location(frame));
        }
        merger.diagnostics().forEach(found -> told.add(found.toString()));
        return told;
    }

    @Test
    void damaged_bytes_cost_events_and_never_the_reader() {
        byte[] log = head(CapturedLogs.FRAMES_FIRST, 20).getBytes(StandardCharsets.UTF_8);
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = log.clone();
            for (int i = 0; i < 50; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(LogText.read(new ByteArrayInputStream(damaged)).events().size())
                    .isBetween(1, 40);
        }
    }

    @Test
    void a_line_of_ten_megabytes_is_read() {
        String args = "x".repeat(10_000_000);
        LogText log =
                LogText.read(
                        STOP + VALUES + "#1  f (s=" + args + ") at a.c:1\n" + args + "\n" + EVENT);
        assertThat(log.events()).hasSize(2);
        assertThat(log.events().getFirst()).isEqualTo("0 ALLOCATE 5+2 < f@a.c:1");
    }

    @Test
    void a_stack_of_a_million_frames_keeps_its_innermost_ones() {
        StringBuilder frames = new StringBuilder();
        for (int level = 1; level <= 1_000_000; level++) {
            frames.append('#').append(level).append("  f () at a.c:").append(level).append('\n');
        }
        LogText log = LogText.read(STOP + frames + VALUES + EVENT);
        assertThat(log.events()).hasSize(2);
        assertThat(log.events().getFirst()).startsWith("0 ALLOCATE 5+2 < f@a.c:1 < f@a.c:2 < ");
        assertThat(log.events().getFirst().split(" < ", -1)).hasSize(PieceParser.MAX_DEPTH + 1);
        assertThat(log.messages())
                .contains(
                        "line 2: an event with more than 2048 frames; the outer ones are left out");
    }

    @Test
    void an_event_that_does_not_fit_into_memory_keeps_its_values_and_its_first_frames() {
        String frame = "#2  f (s=" + "x".repeat(1000) + ") at a.c:1\n";
        InputStream log =
                new RepeatedInput(
                        STOP + "#1  gc_alloc () at gc.c:1\n", frame, 100_000, VALUES + EVENT);
        LogText read = LogText.read(log);
        assertThat(read.events())
                .containsExactly(
                        "0 ALLOCATE 5+2 < gc_alloc@gc.c:1 < f@a.c:1",
                        "1 ALLOCATE 5+2 < gc_alloc@../../py/gc.c:1011 < mp_init@../../py/runtime.c:114");
        assertThat(read.messages()).anySatisfy(text -> assertThat(text).contains("too long"));
    }

    @Test
    void text_without_end_or_newline_is_read_in_bounded_memory_and_refused() {
        assertThatThrownBy(() -> LogText.read(new RepeatedInput("", "x".repeat(4096), 100_000, "")))
                .isInstanceOf(MalformedInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "hello\n",
                "\0\1\2",
                "Breakpoint 1, main () at x.c:1\n",
                "$1 = 0x1\n#0  f ()\n"
            })
    void what_is_no_log_is_refused_in_one_line(String text) {
        assertThatThrownBy(() -> LogText.read(text))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("no event of GC activity")
                .hasMessageNotContaining("\n");
    }
}
