package dev.chipray.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.StackTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CallTreeTest {

    private static final String MAIN = "main@main.c:51";
    private static final String INIT = "mp_init@../py/runtime.c:114";
    private static final String LIST = "list_new@../py/objlist.c:477";
    private static final String MALLOC = "m_malloc@../py/malloc.c:86";
    private static final String GC = "gc_alloc@../py/gc.c:1011";

    private static String text(EventScript script, Metric metric, CallTreeOptions options) {
        StackTotals totals = new StackTotals();
        script.replay(totals);
        return text(script, totals.weights(metric), options);
    }

    private static String text(EventScript script, StackWeights weights, CallTreeOptions options) {
        StringBuilder out = new StringBuilder();
        try {
            CallTreeText.BLOCKS.write(CallTree.of(script.stacks(), weights, options), out);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toString();
    }

    @Test
    void printsTheOutermostCallerFirstAndIndentsLevelNByTwoNMinusOneSpaces() {
        EventScript script =
                new EventScript()
                        .allocate(0, 2, MAIN, INIT, LIST, MALLOC, GC)
                        .allocate(2, 1, MAIN, INIT)
                        .allocate(3, 4, MAIN, "repl@main.c:60");

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT))
                .isEqualTo(
                        """
                        main.c:51 main 7 blocks
                         ../py/runtime.c:114 mp_init 3 blocks
                           ../py/objlist.c:477 list_new 2 blocks
                         main.c:60 repl 4 blocks
                        7 total blocks
                        """);
    }

    @Test
    void showsTheAllocatorWhenAsked() {
        EventScript script = new EventScript().allocate(0, 2, MAIN, MALLOC, GC);

        assertThat(
                        text(
                                script,
                                Metric.LIVE,
                                CallTreeOptions.DEFAULT.withAllocator(AllocatorFrames.NONE)))
                .isEqualTo(
                        """
                        main.c:51 main 2 blocks
                         ../py/malloc.c:86 m_malloc 2 blocks
                           ../py/gc.c:1011 gc_alloc 2 blocks
                        2 total blocks
                        """);
    }

    @Test
    void countsWhatOnlyTheAllocatorCalledInTheTotal() {
        EventScript script =
                new EventScript().allocate(0, 2, MALLOC, GC).allocate(2, 1, MAIN, MALLOC);

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT))
                .isEqualTo("main.c:51 main 1 blocks\n3 total blocks\n");
    }

    @Test
    void leavesOutWhatIsNoLongerAlive() {
        EventScript script =
                new EventScript()
                        .allocate(0, 2, MAIN, INIT)
                        .allocate(2, 1, MAIN, "repl@main.c:60")
                        .free(0, MAIN);

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT))
                .isEqualTo("main.c:51 main 1 blocks\n main.c:60 repl 1 blocks\n1 total blocks\n");
    }

    @Test
    void mergesSiblingsOnTheSameLineUnderTheFunctionThatAllocatedFirst() {
        EventScript script = new EventScript();
        // Seen first, but as the stack of a free.
        script.free(9, MAIN, "neither@inline.h:3");
        script.allocate(0, 1, MAIN, "first@inline.h:3").allocate(1, 1, MAIN, "neither@inline.h:3");

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT))
                .contains(" inline.h:3 first 2 blocks\n")
                .doesNotContain("neither");
    }

    @Test
    void sortsSiblingsByLocationAsTextAndNotByLine() {
        EventScript script =
                new EventScript()
                        .allocate(0, 1, "f@a.c:9")
                        .allocate(1, 1, "f@a.c:10")
                        .allocate(2, 1, "f@Z.c:1")
                        .allocate(3, 1, "f@\uFB01.c:1")
                        .allocate(4, 1, "f@\uD83D\uDE00.c:1");

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT).lines())
                .map(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("Z.c:1", "a.c:10", "a.c:9", "\uFB01.c:1", "\uD83D\uDE00.c:1", "5");
    }

    @Test
    void turnsTheTreeAroundSoThatCallersAreBelow() {
        EventScript script =
                new EventScript()
                        .allocate(0, 1, MAIN, INIT, LIST, GC)
                        .allocate(1, 2, MAIN, LIST, GC)
                        .allocate(3, 4, MAIN, INIT);

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT.withInverted(true)))
                .isEqualTo(
                        """
                        ../py/objlist.c:477 list_new 3 blocks
                         ../py/runtime.c:114 mp_init 1 blocks
                           main.c:51 main 1 blocks
                         main.c:51 main 2 blocks
                        ../py/runtime.c:114 mp_init 4 blocks
                         main.c:51 main 4 blocks
                        7 total blocks
                        """);
    }

    @Test
    void countsDeeperFramesForTheDeepestLevelKept() {
        EventScript script =
                new EventScript().allocate(0, 1, MAIN, INIT, LIST).allocate(1, 2, MAIN);
        StackTotals totals = new StackTotals();
        script.replay(totals);

        CallTree tree =
                CallTree.of(
                        script.stacks(),
                        totals.weights(Metric.LIVE),
                        CallTreeOptions.DEFAULT.withMaxDepth(2));

        assertThat(tree.depthCut()).isTrue();
        assertThat(tree)
                .extracting(CallTree.Row::location, CallTree.Row::weight, CallTree.Row::self)
                .containsExactly(tuple("main.c:51", 3L, 2L), tuple("../py/runtime.c:114", 1L, 1L));
    }

    @Test
    void leavesOutWhatWeighsLessThanTheMinimumButNotFromTheTotal() {
        EventScript script =
                new EventScript().allocate(0, 1, MAIN, INIT).allocate(1, 2, MAIN, LIST);

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT.withMin(2)))
                .isEqualTo(
                        """
                        main.c:51 main 3 blocks
                         ../py/objlist.c:477 list_new 2 blocks
                        3 total blocks
                        """);
    }

    @Test
    void saysWhereAllocationsHaveNoFrames() {
        EventScript script = new EventScript().allocate(0, 3);

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT))
                .isEqualTo("(no frames) ?? 3 blocks\n3 total blocks\n");
    }

    @Test
    void weighsPeakTotalTemporaryChurnAndCount() {
        EventScript script =
                new EventScript()
                        .allocate(0, 8, MAIN)
                        .free(0, MAIN)
                        .allocate(0, 3, MAIN)
                        .allocate(3, 2, MAIN);

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT)).endsWith("5 total blocks\n");
        assertThat(text(script, Metric.PEAK, CallTreeOptions.DEFAULT)).endsWith("8 total blocks\n");
        assertThat(text(script, Metric.TOTAL, CallTreeOptions.DEFAULT))
                .endsWith("13 total blocks\n");
        assertThat(text(script, Metric.TEMPORARY, CallTreeOptions.DEFAULT))
                .endsWith("8 total blocks\n");
        assertThat(text(script, Metric.CHURN, CallTreeOptions.DEFAULT))
                .endsWith("8 total blocks\n");
        assertThat(text(script, Metric.COUNT, CallTreeOptions.DEFAULT))
                .endsWith("3 total blocks\n");
    }

    @Test
    void escapesNamesThatWouldMoveTheCursorOrTurnTheLine() {
        EventScript script = new EventScript().allocate(0, 1, "a\u001B[2J\u202Eb@x\ny.c:1");

        assertThat(text(script, Metric.LIVE, CallTreeOptions.DEFAULT))
                .isEqualTo("x\\x0ay.c:1 a\\x1b[2J\\u202eb 1 blocks\n1 total blocks\n");
    }

    @Test
    void printsBytesWhereTheBlockSizeIsKnownAndDoesNotOverflow() throws IOException {
        EventScript script = new EventScript().allocate(0, 1L << 61, MAIN);
        StackTotals totals = new StackTotals();
        script.replay(totals);
        CallTree tree =
                CallTree.of(script.stacks(), totals.weights(Metric.LIVE), CallTreeOptions.DEFAULT);
        StringBuilder out = new StringBuilder();

        CallTreeText.bytes(16).write(tree, out);

        assertThat(out).asString().endsWith("9223372036854775807 total bytes\n");
    }

    @Test
    void standsStacksOfAMillionFrames() {
        EventScript script = new EventScript();
        int main = script.stack(MAIN);
        int frame = script.stacks().stacks().frame(main);
        int stack = StackTable.EMPTY;
        for (int i = 0; i < 1_000_000; i++) {
            stack = script.stacks().stacks().intern(stack, frame);
        }
        script.event(EventKind.ALLOCATE, 0, 1, stack);
        StackTotals totals = new StackTotals();
        script.replay(totals);

        CallTree cut =
                CallTree.of(script.stacks(), totals.weights(Metric.LIVE), CallTreeOptions.DEFAULT);
        CallTree whole =
                CallTree.of(
                        script.stacks(),
                        totals.weights(Metric.LIVE),
                        CallTreeOptions.DEFAULT.withMaxDepth(Integer.MAX_VALUE));
        CallTree inverted =
                CallTree.of(
                        script.stacks(),
                        totals.weights(Metric.LIVE),
                        CallTreeOptions.DEFAULT.withInverted(true));

        assertThat(cut.size()).isEqualTo(CallTreeOptions.DEFAULT_DEPTH + 1);
        assertThat(whole.size()).isEqualTo(1_000_001);
        assertThat(whole).last().extracting(CallTree.Row::level).isEqualTo(999_999);
        assertThat(inverted.depthCut()).isTrue();
    }
}
