package dev.chipray.recording;

import static dev.chipray.recording.SmallRecording.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.trace.AllocationColumns;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.FrameTable.Language;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.TraceInfo;
import dev.chipray.trace.UnsupportedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    @TempDir Path directory;

    @Test
    void everythingThatWasRecordedIsRead() {
        Recording recording = open(SmallRecording.bytes());

        assertThat(RecordedThings.of(recording))
                .containsExactly(
                        "event 0 ALLOCATE 4 2 1",
                        "event 1 RESIZE 4 3 2",
                        "event 2 SWEEP 4 0 2",
                        "event 3 FREE 9 0 1",
                        "event 3 IMPLIED_FREE 8 0 0",
                        "sample 5 1 2 1 false",
                        "sample 9 2 1 4 true",
                        "line 7 0 temperature 21 °C",
                        "clock 7 ticks_ms 12000000",
                        "event 10 ALLOCATE 1 1 1");
        assertThat(recording.info())
                .isEqualTo(
                        new TraceInfo(
                                TraceInfo.Unit.BYTES, 16, 4096, TraceInfo.TimeUnit.MICROSECONDS));
        assertThat(recording.metadata())
                .containsEntry("capture.halts", "7")
                .containsEntry("input", "localhost:1234");
        assertThat(recording.diagnostics())
                .containsExactly(Diagnostic.warning("event 3", "a free of nothing"));
        assertThat(recording.isComplete()).isTrue();
        CallStacks stacks = recording.stacks();
        assertThat(stacks.stacks().caller(2)).isEqualTo(1);
        assertThat(stacks.frames().functionName(stacks.stacks().frame(2))).isEqualTo("update");
        assertThat(stacks.frames().location(stacks.stacks().frame(2))).isEqualTo("main.py:42");
        assertThat(stacks.frames().language(1)).isEqualTo(Language.INTERPRETED);
        assertThat(stacks.frames().address(0)).isEqualTo(0x211d2);
    }

    @Test
    void eventsCanBeReadAgainAndAgain() {
        Recording recording = open(SmallRecording.bytes());
        AllocationColumns first = new AllocationColumns();
        AllocationColumns second = new AllocationColumns();
        recording.readAll(first);
        recording.readAll(second);
        assertThat(first.size()).isEqualTo(6);
        assertThat(second.size()).isEqualTo(6);
        assertThat(recording.diagnostics()).hasSize(1);
    }

    @Test
    void anyNumbersSurviveARoundTripThroughAFile() throws IOException {
        Random random = new Random(20_26);
        AllocationColumns expected = new AllocationColumns();
        CallStacks stacks = CallStacks.create();
        Path file = directory.resolve("random.chipray");
        try (RecordingWriter writer =
                RecordingWriter.create(file, stacks, TraceInfo.UNKNOWN_BLOCKS)) {
            EventKind[] kinds = EventKind.values();
            for (int i = 0; i < 30_000; i++) {
                int frame =
                        SmallRecording.frame(
                                stacks,
                                "f" + random.nextInt(50),
                                "ü" + random.nextInt(9),
                                random.nextInt(1 << random.nextInt(1, 31)),
                                random.nextLong(),
                                Language.NATIVE);
                int stack = stacks.stacks().intern(random.nextInt(stacks.stacks().size()), frame);
                long time = random.nextLong() >> random.nextInt(64);
                long block = random.nextLong() >> random.nextInt(64);
                long size = random.nextLong() >> random.nextInt(64);
                EventKind kind = kinds[random.nextInt(kinds.length)];
                expected.event(time, kind, block, size, stack);
                writer.event(time, kind, block, size, stack);
                if (random.nextInt(1000) == 0) {
                    writer.flush();
                }
            }
        }
        Recording recording = Recording.open(file);
        AllocationColumns actual = new AllocationColumns();
        recording.readAll(actual);

        assertThat(recording.diagnostics()).isEmpty();
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
        assertThat(recording.stacks().strings().size()).isEqualTo(stacks.strings().size());
        for (int stack = 1; stack < stacks.stacks().size(); stack++) {
            int frame = stacks.stacks().frame(stack);
            assertThat(recording.stacks().stacks().frame(stack)).isEqualTo(frame);
            assertThat(recording.stacks().stacks().caller(stack))
                    .isEqualTo(stacks.stacks().caller(stack));
            assertThat(recording.stacks().frames().location(frame))
                    .isEqualTo(stacks.frames().location(frame));
            assertThat(recording.stacks().frames().address(frame))
                    .isEqualTo(stacks.frames().address(frame));
        }
    }

    @Test
    void aRecordingOfARecordingIsTheSame() throws IOException {
        Path file = directory.resolve("copy.chipray");
        Recording original = open(SmallRecording.bytes());
        try (RecordingWriter writer =
                RecordingWriter.create(file, original.stacks(), original.info())) {
            writer.recordAll(original);
        }
        Recording copy = Recording.open(file);
        AllocationColumns expected = new AllocationColumns();
        AllocationColumns actual = new AllocationColumns();
        original.readAll(expected);
        copy.readAll(actual);
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
        assertThat(copy.info()).isEqualTo(original.info());
        assertThat(copy.diagnostics()).isEqualTo(original.diagnostics());
    }

    @Test
    void anEventOfAnOrdinaryCaptureTakesAtMostEightBytes() throws IOException {
        Random random = new Random(7);
        CallStacks stacks = CallStacks.create();
        for (int i = 0; i < 3000; i++) {
            int frame = SmallRecording.frame(stacks, "f" + i, "a.c", i, i * 12L, Language.NATIVE);
            stacks.stacks().intern(random.nextInt(stacks.stacks().size()), frame);
        }
        Path file = directory.resolve("size.chipray");
        long tables;
        try (RecordingWriter writer =
                RecordingWriter.create(file, stacks, TraceInfo.UNKNOWN_BLOCKS)) {
            writer.flush();
            tables = Files.size(file);
            for (int i = 0; i < 100_000; i++) {
                writer.event(
                        i,
                        random.nextBoolean() ? EventKind.ALLOCATE : EventKind.FREE,
                        random.nextInt(16_000),
                        random.nextInt(1, 20),
                        random.nextInt(3000));
            }
        }
        assertThat((Files.size(file) - tables) / 100_000.0).isBetween(5.0, 8.0);
    }

    @Test
    void aFileOfSomethingElseIsRefusedInOneLine() throws IOException {
        for (String text : new String[] {"", "Breakpoint 1, gc_log_change", "\u0089CHIPRAY"}) {
            Path file = directory.resolve("other");
            Files.writeString(file, text);
            assertThatThrownBy(() -> Recording.open(file))
                    .isInstanceOf(MalformedInputException.class)
                    .hasMessageContaining("not a Chipray recording");
        }
        assertThat(Recording.isRecording(SmallRecording.bytes())).isTrue();
        assertThat(Recording.isRecording(new byte[20])).isFalse();
        assertThat(Recording.isRecording(new byte[3])).isFalse();
    }

    @Test
    void namesThatNeedMoreMemoryThanAllowedAreRefused() throws IOException {
        Path file = directory.resolve("names.chipray");
        CallStacks stacks = CallStacks.create();
        try (RecordingWriter writer =
                RecordingWriter.create(file, stacks, TraceInfo.UNKNOWN_BLOCKS)) {
            for (int i = 0; i < 10_000; i++) {
                stacks.strings().intern("function_" + i);
            }
            writer.flush();
        }
        assertThat(Recording.open(file, 4 << 20).stacks().strings().size()).isEqualTo(10_001);
        assertThatThrownBy(() -> Recording.open(file, 1 << 20))
                .isInstanceOf(UnsupportedInputException.class)
                .hasMessageContaining("more than 1 MiB");
    }

    @Test
    void stringsThatUtf8CannotTellApartKeepTheirNumbers() throws IOException {
        Path file = directory.resolve("surrogates.chipray");
        CallStacks stacks = CallStacks.create();
        stacks.strings().intern("\ud800");
        stacks.strings().intern("\ud801");
        stacks.strings().intern("after");
        try (RecordingWriter writer =
                RecordingWriter.create(file, stacks, TraceInfo.UNKNOWN_BLOCKS)) {
            writer.flush();
        }
        Recording recording = Recording.open(file);
        assertThat(recording.diagnostics()).isEmpty();
        assertThat(recording.stacks().strings().get(3)).isEqualTo("after");
    }
}
