package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What every source must hold to, whatever its input.
final class SourceChecks {

    private SourceChecks() {}

    /// Reads and replays `source`; gives its events and tables as text, or the message of a refusal.
    static List<String> read(AllocationSource source) throws IOException {
        List<String> told = new ArrayList<>();
        AllocationReplay replay = new AllocationReplay(List.of());
        try {
            source.readAll((time, kind, block, size, stack) -> {
                assertThat(stack).isBetween(0, source.stacks().stacks().size() - 1);
                boolean begins = kind == EventKind.ALLOCATE || kind == EventKind.RESIZE;
                assertThat(begins || size == 0).isTrue();
                told.add(time + " " + kind + " " + block + " " + size + " " + stack);
                replay.event(time, kind, block, size, stack);
            });
        } catch (InputException e) {
            assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
            return List.of(e.getMessage());
        }
        for (int stack = 1; stack < source.stacks().stacks().size(); stack++) {
            int frame = source.stacks().stacks().frame(stack);
            assertThat(source.stacks().stacks().caller(stack)).isLessThan(stack);
            told.add(source.stacks().frames().functionName(frame));
            told.add(source.stacks().frames().location(frame));
        }
        assertThat(replay.live().total()).isNotNegative();
        assertThat(source.info()).isNotNull();
        source.diagnostics().forEach(found -> told.add(found.message()));
        return told;
    }
}
