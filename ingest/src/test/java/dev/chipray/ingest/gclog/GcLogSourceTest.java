package dev.chipray.ingest.gclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.trace.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogSourceTest {

    private static final String EVENT =
            """

            Breakpoint 1, gc_log_change (start_block=5, length=2) at ../../py/gc.c:153
            153\t
            $1 = 0x5
            $2 = 0x2
            #0  gc_log_change (start_block=5, length=2) at ../../py/gc.c:153
            #1  0x0000091a in gc_alloc (n_bytes=n_bytes@entry=24) at ../../py/gc.c:1011
            #2  mp_init () at ../../py/runtime.c:114
            """;

    /// Events as text: `time KIND block+size innermost < ... < outermost`.
    static List<String> read(String log) throws Exception {
        GcLogSource source =
                GcLogSource.of(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
        List<String> events = new ArrayList<>();
        source.readAll((time, kind, block, size, stack) -> {
            StringBuilder text = new StringBuilder();
            text.append(time).append(' ').append(kind).append(' ').append(block);
            text.append('+').append(size);
            for (int frame : source.stacks().stacks().framesInnermostFirst(stack)) {
                text.append(" < ").append(source.stacks().frames().functionName(frame));
                text.append('@').append(source.stacks().frames().location(frame));
            }
            events.add(text.toString());
        });
        return events;
    }

    @Test
    void an_event_with_values_before_frames_is_an_allocation() throws Exception {
        assertThat(read("Breakpoint 1 at 0x256: file ../../py/gc.c, line 153.\n" + EVENT))
                .containsExactly(
                        "0 ALLOCATE 5+2 < gc_alloc@../../py/gc.c:1011 < mp_init@../../py/runtime.c:114");
    }

    @Test
    void a_log_of_something_else_is_refused() {
        assertThatThrownBy(() -> read("hello\n"))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("no event of GC activity");
    }
}
