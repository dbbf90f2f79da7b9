package dev.chipray.ingest;

import dev.chipray.testkit.GcLogOracle;
import dev.chipray.trace.AllocationListener;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.EndCause;
import dev.chipray.trace.LiveBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a source and notes all that began and ended, in the oracle's terms.
public final class ReplayedLives implements AllocationListener {

    private final CallStacks stacks;
    private final AllocationReplay replay = new AllocationReplay(List.of(this));
    public final List<GcLogOracle.Life> ended = new ArrayList<>();
    public final List<GcLogOracle.Life> live = new ArrayList<>();
    public final List<GcLogOracle.Event> events = new ArrayList<>();

    private ReplayedLives(CallStacks stacks) {
        this.stacks = stacks;
    }

    public static ReplayedLives of(AllocationSource source) throws IOException {
        ReplayedLives lives = new ReplayedLives(source.stacks());
        source.readAll((time, kind, block, size, stack) -> {
            lives.events.add(
                    new GcLogOracle.Event(kind.name(), time, block, size, lives.frames(stack)));
            lives.replay.event(time, kind, block, size, stack);
        });
        lives.replay.live().forEach(lives::addLive);
        return lives;
    }

    @Override
    public void ended(
            LiveBlocks blocks, int handle, EndCause cause, long ordinal, long time, int stack) {
        ended.add(
                new GcLogOracle.Life(
                        blocks.block(handle),
                        blocks.size(handle),
                        frames(blocks.stack(handle)),
                        blocks.time(handle),
                        frames(stack),
                        time,
                        switch (cause) {
                            case FREE, IMPLIED -> "free";
                            case SWEEP -> "sweep";
                            case REALLOC -> "realloc";
                        },
                        cause == EndCause.IMPLIED));
    }

    private void addLive(int handle) {
        LiveBlocks blocks = replay.live();
        live.add(
                new GcLogOracle.Life(
                        blocks.block(handle),
                        blocks.size(handle),
                        frames(blocks.stack(handle)),
                        blocks.time(handle),
                        null,
                        replay.events(),
                        "",
                        false));
    }

    private List<GcLogOracle.Frame> frames(int stack) {
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
}
