package dev.chipray.ingest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.ingest.ReplayedLives;
import dev.chipray.testkit.CapturedLogs;
import dev.chipray.testkit.GcLogOracle;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.TraceInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AllocationHistorySourceTest {

    static final List<String> LOGS = CapturedLogs.ALL;

    private static AllocationHistorySource source(String json) {
        return AllocationHistorySource.of(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String json(GcLogOracle oracle) {
        StringJoiner entries = new StringJoiner(", ", "[", "]");
        oracle.ended().forEach(life -> entries.add(entry(life)));
        oracle.live().forEach(life -> entries.add(entry(life)));
        return entries.toString();
    }

    private static String entry(GcLogOracle.Life life) {
        String text =
                "{\"start_block\": %d, \"size\": %d, \"start_trace\": %s, \"start_time\": %d, \"end_trace\": %s, \"end_time\": %d"
                        .formatted(
                                life.block(),
                                life.size(),
                                trace(life.startTrace()),
                                life.startTime(),
                                trace(life.endTrace()),
                                life.endTime());
        if (life.implied()) {
            text += ", \"implied\": true";
        }
        return text
                + (life.endCause().isEmpty()
                        ? "}"
                        : ", \"end_cause\": \"" + life.endCause() + "\"}");
    }

    private static String trace(@Nullable List<GcLogOracle.Frame> frames) {
        if (frames == null) {
            return "\"\"";
        }
        StringJoiner joiner = new StringJoiner(", ", "[", "]");
        for (GcLogOracle.Frame frame : frames) {
            joiner.add(
                    "[\"0x%x\", \"%s\", \"%s\"]"
                            .formatted(frame.address(), frame.location(), frame.function()));
        }
        return joiner.toString();
    }

    @ParameterizedTest
    @FieldSource("LOGS")
    void a_history_tells_the_lives_that_it_was_made_of(String name) throws IOException {
        GcLogOracle oracle = GcLogOracle.of(CapturedLogs.text(name));
        AllocationHistorySource source = source(json(oracle));
        ReplayedLives lives = ReplayedLives.of(source);
        assertThat(lives.ended).containsExactlyElementsOf(oracle.ended());
        assertThat(lives.live).containsExactlyElementsOf(oracle.live());
        assertThat(source.info().timeUnit()).isEqualTo(TraceInfo.TimeUnit.EVENTS);
    }

    @Test
    void events_in_one_millisecond_are_told_in_an_order_that_makes_sense() throws IOException {
        String json =
                """
                [{"start_block":1,"size":2,"start_time":50,"end_time":50,"end_cause":"realloc"},
                 {"start_block":1,"size":4,"start_time":50,"end_time":50,"end_cause":"free"},
                 {"start_block":1,"size":3,"start_time":50,"end_time":3}]
                """;
        AllocationHistorySource source = source(json);
        ReplayedLives lives = ReplayedLives.of(source);
        assertThat(lives.events)
                .extracting(event -> event.kind() + " " + event.size())
                .containsExactly("ALLOCATE 2", "RESIZE 4", "FREE 0", "ALLOCATE 3");
        assertThat(source.info().timeUnit()).isEqualTo(TraceInfo.TimeUnit.MILLISECONDS);
    }

    @Test
    void a_free_of_nothing_that_the_classic_script_took_for_an_allocation_is_a_free()
            throws IOException {
        ReplayedLives lives =
                ReplayedLives.of(
                        source("[{\"start_block\":7,\"size\":0,\"start_time\":0,\"end_time\":1}]"));
        assertThat(lives.events).extracting(GcLogOracle.Event::kind).containsExactly("FREE");
        assertThat(lives.live).isEmpty();
    }

    @Test
    void a_cut_history_gives_the_entries_before_the_cut() throws IOException {
        String whole = json(GcLogOracle.of(CapturedLogs.text(CapturedLogs.FRAMES_FIRST)));
        AllocationHistorySource source = source(whole.substring(0, whole.length() / 2));
        assertThat(ReplayedLives.of(source).events).isNotEmpty();
        assertThat(source.diagnostics())
                .anySatisfy(found -> assertThat(found.message()).contains("cut or damaged"));
    }

    @Test
    void entries_with_numbers_beyond_any_heap_are_left_out_and_counted() throws IOException {
        AllocationHistorySource source =
                source(
                        """
                        [{"start_block":99999999999999999999999999,"size":1,"start_time":0},
                         {"start_block":1,"size":-1,"start_time":0},
                         {"start_block":1,"size":1,"start_time":"x"},
                         {"start_block":1,"size":1,"start_time":9,"end_time":3,"end_cause":"free"},
                         17, [[]], {},
                         {"start_block":1,"size":1,"start_time":0}]
                        """);
        assertThat(ReplayedLives.of(source).live).hasSize(1);
        assertThat(source.diagnostics())
                .extracting(Object::toString)
                .anySatisfy(text -> assertThat(text).contains("7 entries left out"));
    }

    @Test
    void what_is_no_history_is_refused_in_one_line() {
        for (String text : List.of("", "{}", "[{", "hello", "[" + "[".repeat(100_000))) {
            assertThatThrownBy(() -> ReplayedLives.of(source(text)))
                    .isInstanceOf(MalformedInputException.class)
                    .hasMessageNotContaining("\n");
        }
    }
}
