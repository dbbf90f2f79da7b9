package dev.chipray.ingest.gclog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.CapturedLogs;
import dev.chipray.testkit.GcLogOracle;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.LiveBlocks;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CapturedLogTest {

    static final List<String> LOGS = CapturedLogs.ALL;

    private static GcLogSource open(String name) {
        return GcLogSource.of(new ByteArrayInputStream(CapturedLogs.compressed(name)));
    }

    private static List<GcLogOracle.Frame> frames(CallStacks stacks, int stack) {
        List<GcLogOracle.Frame> result = new ArrayList<>();
        for (int frame : stacks.stacks().framesInnermostFirst(stack)) {
            result.add(
                    new GcLogOracle.Frame(
                            stacks.frames().address(frame),
                            stacks.frames().functionName(frame),
                            stacks.strings().get(stacks.frames().file(frame)),
                            stacks.frames().line(frame)));
        }
        return result;
    }

    @ParameterizedTest
    @FieldSource("LOGS")
    void every_event_is_what_a_plain_reading_of_the_text_gives(String name) throws Exception {
        GcLogSource source = open(name);
        List<GcLogOracle.Event> events = new ArrayList<>();
        source.readAll((time, kind, block, size, stack) ->
                events.add(
                        new GcLogOracle.Event(
                                kind.name(), time, block, size, frames(source.stacks(), stack))));
        assertThat(events)
                .containsExactlyElementsOf(GcLogOracle.of(CapturedLogs.text(name)).events());
    }

    @ParameterizedTest
    @FieldSource("LOGS")
    void every_allocation_begins_and_ends_as_a_plain_replay_has_it(String name) throws Exception {
        GcLogSource source = open(name);
        GcLogOracle oracle = GcLogOracle.of(CapturedLogs.text(name));
        List<GcLogOracle.Life> ended = new ArrayList<>();
        AllocationReplay replay =
                new AllocationReplay(
                        List.of(
                                new AllocationListener() {
                                    @Override
                                    public void ended(
                                            LiveBlocks live,
                                            int handle,
                                            EndCause cause,
                                            long ordinal,
                                            long time,
                                            int stack) {
                                        ended.add(
                                                new GcLogOracle.Life(
                                                        live.block(handle),
                                                        live.size(handle),
                                                        frames(source.stacks(), live.stack(handle)),
                                                        live.time(handle),
                                                        frames(source.stacks(), stack),
                                                        time,
                                                        text(cause),
                                                        cause == EndCause.IMPLIED));
                                    }
                                }));
        source.readAll(replay);
        assertThat(ended).containsExactlyElementsOf(oracle.ended());
        List<GcLogOracle.Life> live = new ArrayList<>();
        replay.live()
                .forEach(handle ->
                        live.add(
                                new GcLogOracle.Life(
                                        replay.live().block(handle),
                                        replay.live().size(handle),
                                        frames(source.stacks(), replay.live().stack(handle)),
                                        replay.live().time(handle),
                                        null,
                                        replay.events(),
                                        "",
                                        false)));
        assertThat(live).containsExactlyElementsOf(oracle.live());
    }

    private static String text(EndCause cause) {
        return switch (cause) {
            case FREE, IMPLIED -> "free";
            case SWEEP -> "sweep";
            case REALLOC -> "realloc";
        };
    }
}
