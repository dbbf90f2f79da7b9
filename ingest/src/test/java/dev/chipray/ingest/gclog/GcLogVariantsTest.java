package dev.chipray.ingest.gclog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each form of log that is found in the wild, as a small readable one.
class GcLogVariantsTest {

    private static final String STOP =
            "\nBreakpoint 1, gc_log_change (start_block=5, length=2) at ../../py/gc.c:153\n153\t\n";
    private static final String VALUES = "$1 = 0x5\n$2 = 0x2\n";
    private static final String FRAMES =
            """
            #0  gc_log_change (start_block=5, length=2) at ../../py/gc.c:153
            #1  0x0000091a in gc_alloc (n_bytes=n_bytes@entry=24) at ../../py/gc.c:1011
            #2  mp_init () at ../../py/runtime.c:114
            """;
    private static final String ALLOCATED =
            "ALLOCATE 5+2 < gc_alloc@../../py/gc.c:1011 < mp_init@../../py/runtime.c:114";

    private static LogText read(String log) {
        return LogText.read(log);
    }

    private static LogText withFrames(String frames) {
        return read(STOP + VALUES + frames);
    }

    @Test
    void values_may_come_before_or_after_the_frames() {
        assertThat(read(STOP + VALUES + FRAMES).events()).containsExactly("0 " + ALLOCATED);
        assertThat(read(STOP + FRAMES + VALUES).events()).containsExactly("0 " + ALLOCATED);
    }

    @Test
    void a_preamble_is_passed_over_and_the_first_event_needs_no_blank_line_or_preamble() {
        String preamble = "Breakpoint 1 at 0x256: file gc.c, line 153.\nBreakpoint 2 at 0x1a338\n";
        assertThat(read(preamble + STOP + VALUES + FRAMES).events()).hasSize(1);
        assertThat(read((STOP + VALUES + FRAMES).substring(1)).events()).hasSize(1);
    }

    @Test
    void frames_shown_by_up_have_their_source_lines_between_them() {
        LogText log =
                withFrames(
                        """
                        #1  0x0000091a in gc_alloc (n_bytes=24) at ../../py/gc.c:1011
                        1011\t    gc_log_change(start, length);
                        #2  mp_init () at ../../py/runtime.c:114
                        114\t#define X
                        """);
        assertThat(log.events()).containsExactly("0 " + ALLOCATED);
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void frames_that_are_shown_twice_count_once() {
        assertThat(withFrames(FRAMES + "#1  0x91a in gc_alloc () at x.c:1\n").events())
                .containsExactly("0 " + ALLOCATED);
    }

    @Test
    void ticks_are_milliseconds() {
        LogText log =
                read(
                        STOP
                                + VALUES
                                + "$3 = 0x64\n"
                                + FRAMES
                                + STOP
                                + FRAMES
                                + VALUES
                                + "$6 = 0x65\n");
        assertThat(log.events()).containsExactly("100 " + ALLOCATED, "101 " + ALLOCATED);
        assertThat(log.source().info().timeUnit()).hasToString("MILLISECONDS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#1  <signal handler called>|<signal handler called>@0x0",
                "#1  0x0800 in ?? ()|??@0x800",
                "#1  0xffffffffffffffff in ?? ()|??@0xffffffffffffffff",
                "#1  0x4f in malloc () from /lib/my lib.so|malloc@/lib/my lib.so",
                "#1  0x4f in Reset_Handler ()|Reset_Handler@0x4f",
                "#1  f (s=0x1 \"a) at z.c:9\", c=41 ')') at x.c:7|f@x.c:7",
                "#1  f (s=0x1 \"a\\\") at z.c:9\") at x.c:7|f@x.c:7",
                "#1  f (cb=0x10 <g(int)>, x=(1, (2))) at x.c:7|f@x.c:7",
                "#1  f (s=\"cut, x=1) at x.c:7|f@x.c:7",
                "#1  f (x=1) at /home/me/my files (old)/x.c:7|f@/home/me/my files (old)/x.c:7",
                "#1  ns::operator() (this=0x1) at C:\\src\\x.cpp:12|ns::operator()@C:\\src\\x.cpp:12",
                "#1  f (...) at x.c:99999999999999999999|f@x.c",
                "#1  0x1 in f (a=1, ~    b=2)~    at x.c:7|f@x.c:7",
            })
    void a_frame_may_look_like_this(String line, String frame) {
        LogText log = withFrames(line.replace('~', '\n') + "\n#2  g () at y.c:3\n");
        assertThat(log.events()).containsExactly("0 ALLOCATE 5+2 < " + frame + " < g@y.c:3");
        assertThat(log.messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thread 2 hit Breakpoint 1, gc_log_change (start_block=5, length=2) at gc.c:1",
                "Thread 1 \"mpy\" hit Breakpoint 1.2, gc_log_change (start_block=5, length=2)",
                "Breakpoint 1, 0x0000025a in gc_log_change (start_block=5, length=length@entry=2)",
                "Temporary breakpoint 3, gc_log_change (start_block=0x5, length=2) at gc.c:1",
                "Breakpoint 1, my_hook (start_block=5, length=2) at gc.c:1",
            })
    void a_stop_may_look_like_this(String stop) {
        assertThat(read("\n" + stop + "\n" + FRAMES).events()).containsExactly("0 " + ALLOCATED);
    }

    @Test
    void lines_may_end_as_on_windows() {
        String log = (STOP + VALUES + FRAMES + STOP + VALUES + FRAMES).replace("\n", "\r\n");
        assertThat(read(log).events()).containsExactly("0 " + ALLOCATED, "1 " + ALLOCATED);
    }

    @ParameterizedTest
    @CsvSource({
        "gc_alloc, 2, ALLOCATE",
        "gc_realloc, 2, RESIZE",
        "gc_realloc.part.0, 2, RESIZE",
        "gc_free, 0, FREE",
        "gc_sweep, 0, SWEEP",
        "gc_sweep_free_blocks, 0, SWEEP",
        "anything, 2, ALLOCATE",
        "anything, 0, FREE"
    })
    void the_function_above_the_hook_tells_what_a_change_is(
            String function, int length, String kind) {
        String log =
                STOP
                        + "$1 = 0x5\n$2 = 0x"
                        + length
                        + "\n#1  0x1 in "
                        + function
                        + " () at gc.c:1\n";
        assertThat(read(log).events())
                .containsExactly("0 " + kind + " 5+" + length + " < " + function + "@gc.c:1");
    }

    @Test
    void a_move_by_realloc_is_an_allocation() {
        LogText log = withFrames("#1  gc_alloc () at gc.c:1\n#2  gc_realloc () at gc.c:2\n");
        assertThat(log.events()).singleElement().asString().startsWith("0 ALLOCATE");
    }

    @Test
    void reading_ends_at_another_breakpoint() {
        String repl = "\nBreakpoint 2, main () at main.c:251\n251\t\n";
        LogText log = read(STOP + VALUES + FRAMES + repl + STOP + VALUES + FRAMES);
        assertThat(log.events()).hasSize(1);
        assertThat(log.messages()).singleElement().asString().contains("another breakpoint");
        assertThat(read(STOP + VALUES + FRAMES + repl).messages()).isEmpty();
        assertThat(read(repl + STOP + VALUES + FRAMES).events()).hasSize(1);
    }

    @Test
    void frames_of_an_interruption_belong_to_no_event() {
        String log =
                STOP + VALUES + FRAMES + "\nProgram received signal SIGINT\n#3  x () at y.c:1\n";
        assertThat(read(log).events()).containsExactly("0 " + ALLOCATED);
    }

    @Test
    void numbers_that_cannot_be_used_are_taken_from_the_stop_or_the_event_is_left_out() {
        String optimized = "$1 = <optimized out>\n$2 = 0x99999999999999999999\n";
        assertThat(read(STOP + optimized + FRAMES).events()).containsExactly("0 " + ALLOCATED);
        String unknown = STOP.replace("length=2", "length=<optimized out>");
        LogText log = read(unknown + optimized + FRAMES + STOP + VALUES + FRAMES);
        assertThat(log.events()).containsExactly("0 " + ALLOCATED);
        assertThat(log.messages())
                .containsExactly("line 2: an event left out: start block or length cannot be read");
    }

    @Test
    void chipray_s_own_form_tells_kinds_times_and_the_heap() {
        String log =
                """
                chipray heap 16 0x1000

                chipray 7 alloc 5 2
                #0  gc_alloc () at gc.c:1

                chipray 8 resize 5 0x3
                #0  gc_realloc () at gc.c:2

                chipray 9 free 5 0
                #0  gc_free () at gc.c:3

                chipray 9 sweep 6 0

                chipray - change 1 2
                #0  gc_log_change (...) at hook.c:1
                #1  gc_realloc () at gc.c:2
                """;
        LogText text = read(log);
        assertThat(text.events())
                .containsExactly(
                        "7 ALLOCATE 5+2 < gc_alloc@gc.c:1",
                        "8 RESIZE 5+3 < gc_realloc@gc.c:2",
                        "9 FREE 5+0 < gc_free@gc.c:3",
                        "9 SWEEP 6+0",
                        "9 RESIZE 1+2 < gc_realloc@gc.c:2");
        assertThat(text.source().info().blockSize()).isEqualTo(16);
        assertThat(text.source().info().heapBlocks()).isEqualTo(4096);
        assertThat(text.messages()).hasSize(2);
    }

    @Test
    void a_backtrace_that_gdb_gave_up_is_noted() {
        LogText log = withFrames(FRAMES + "Backtrace stopped: previous frame identical\n");
        assertThat(log.events()).containsExactly("0 " + ALLOCATED);
        assertThat(log.messages()).singleElement().asString().contains("to its end");
    }

    @Test
    void lines_that_are_no_frames_cost_a_frame_and_a_diagnostic() {
        LogText log = withFrames("#1\n#x y\n#2  g () at y.c:3\n");
        assertThat(log.events()).isEqualTo(List.of("0 ALLOCATE 5+2 < g@y.c:3"));
        assertThat(log.messages()).singleElement().asString().contains("cannot be read");
    }
}
