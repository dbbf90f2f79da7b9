package dev.chipray.benchmarks;

import dev.chipray.analysis.CallTree;
import dev.chipray.analysis.CallTreeOptions;
import dev.chipray.analysis.HeapGauge;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.StackTotals;
import dev.chipray.analysis.WorstFragmentation;
import dev.chipray.trace.AllocationColumns;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.TraceInfo;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds an event from the source's numbers to per-stack totals, a call tree, or the figures of the timeline.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReplayBenchmark {

    private static final int EVENTS = 1_000_000;
    private static final int STACKS = 2000;

    /// How many allocations are alive once the heap has filled.
    @Param({"2000", "100000"})
    int live;

    private final CallStacks stacks = CallStacks.create();
    private final AllocationColumns events = new AllocationColumns();

    @Setup
    public void fill() {
        Random random = new Random(1);
        int[] numbers = new int[STACKS];
        for (int i = 0; i < STACKS; i++) {
            int stack = StackTable.EMPTY;
            for (int level = 0; level < 20; level++) {
                // Stacks share their outer frames, as those of a program do.
                int choices = Math.min(level + 1, 8);
                int line = level * 10 + random.nextInt(choices);
                int function = stacks.strings().intern("function" + line);
                int file = stacks.strings().intern("../py/file" + line % 17 + ".c");
                stack =
                        stacks.stacks()
                                .intern(stack, stacks.frames().intern(function, file, line, 0));
            }
            numbers[i] = stack;
        }
        boolean[] used = new boolean[live * 2];
        for (int event = 0; event < EVENTS; event++) {
            int slot = random.nextInt(used.length);
            int stack = numbers[random.nextInt(STACKS)];
            EventKind kind = used[slot] ? EventKind.SWEEP : EventKind.ALLOCATE;
            long size = used[slot] ? 0 : 1L + random.nextInt(4);
            events.event(event, kind, slot * 4L, size, stack);
            used[slot] = !used[slot];
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public AllocationReplay replayAlone() {
        return replay();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public CallTree tree() {
        StackTotals totals = new StackTotals();
        replay(totals);
        return CallTree.of(stacks, totals.weights(Metric.LIVE), CallTreeOptions.DEFAULT);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public WorstFragmentation timeline() {
        WorstFragmentation worst = new WorstFragmentation();
        replay(new HeapGauge(TraceInfo.UNKNOWN_BLOCKS, List.of(worst)));
        return worst;
    }

    private AllocationReplay replay(AllocationListener... listeners) {
        AllocationReplay replay = new AllocationReplay(List.of(listeners));
        events.replay(replay);
        return replay;
    }
}
