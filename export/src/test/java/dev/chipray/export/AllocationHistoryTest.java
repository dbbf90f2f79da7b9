package dev.chipray.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.EventKind;
import org.junit.jupiter.api.Test;

class AllocationHistoryTest {

    private static EventScript script() {
        EventScript script = new EventScript();
        int file = script.stacks().strings().intern("../py/gc.c");
        int frame =
                script.stacks()
                        .frames()
                        .intern(script.stacks().strings().intern("gc_alloc"), file, 1011, 0x91a);
        int stack = script.stacks().stacks().intern(script.stack("main@main.c:51"), frame);
        return script.event(EventKind.ALLOCATE, 0, 2, stack);
    }

    @Test
    void hasTheShapeThatTheGcActivityPageReads() {
        EventScript script = script();
        script.allocate(2, 1, "main@main.c:60");
        script.sweep(0, "gc_sweep@../py/gc.c:400")
                .allocate(0, 1, "a@a.c:1")
                .resize(0, 2, "b@b.c:2");

        assertThat(Exports.text(script, "allocation-history"))
                .isEqualTo(
                        """
                        [{"start_block":0,"size":2,\
                        "start_trace":[["0x0000091a","../py/gc.c:1011","gc_alloc"],["0x0","main.c:51","main"]],\
                        "start_time":0,"end_trace":[["0x0","../py/gc.c:400","gc_sweep"]],"end_time":2,"end_cause":"sweep"},\
                        {"start_block":0,"size":1,"start_trace":[["0x0","a.c:1","a"]],"start_time":3,\
                        "end_trace":[["0x0","b.c:2","b"]],"end_time":4,"end_cause":"realloc"},\
                        {"start_block":2,"size":1,"start_trace":[["0x0","main.c:60","main"]],"start_time":1,\
                        "end_trace":"","end_time":5},\
                        {"start_block":0,"size":2,"start_trace":[["0x0","b.c:2","b"]],"start_time":4,\
                        "end_trace":"","end_time":5}]
                        """);
    }

    @Test
    void marksAnEndThatWasNotSeenAsAnImpliedFree() {
        EventScript script = new EventScript().allocate(0, 2, "a@a.c:1").allocate(1, 1, "b@b.c:2");

        assertThat(Exports.text(script, "allocation-history"))
                .contains("\"end_time\":1,\"end_cause\":\"free\",\"implied\":true}");
    }

    @Test
    void isAnEmptyArrayForATraceWithoutEvents() {
        assertThat(Exports.text(new EventScript(), "allocation-history")).isEqualTo("[]\n");
    }

    @Test
    void keepsNamesWithQuotesBackslashesAndControlCharactersWhole() {
        String name = "a\"b\\c\n\u0001</script>\u202E";
        EventScript script = new EventScript().allocate(0, 1, name + "@x y.c:1");

        Object trace =
                JsonTree.objects(JsonTree.parse(Exports.text(script, "allocation-history")))
                        .getFirst()
                        .get("start_trace");

        assertThat(trace).asString().contains(name).contains("x y.c:1");
    }

    @Test
    void hasNoLocationWhereTheTraceHasOnlyAnAddress() {
        EventScript script = new EventScript();
        int frame = script.stacks().frames().intern(0, 0, 0, 0x1_0000_0800L);
        script.event(EventKind.ALLOCATE, 0, 1, script.stacks().stacks().intern(0, frame));

        assertThat(Exports.text(script, "allocation-history"))
                .contains("[[\"0x0000000100000800\",\"\",\"??\"]]");
    }

    @Test
    void hasOneEntryForEachAllocation() {
        EventScript script = EventScript.random(4, 3000, 100, 12);

        assertThat(JsonTree.objects(JsonTree.parse(Exports.text(script, "allocation-history"))))
                .hasSize((int) script.replay().allocations());
    }
}
