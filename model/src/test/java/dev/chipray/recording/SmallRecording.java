package dev.chipray.recording;

import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.FrameTable.Language;
import dev.chipray.trace.TraceInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;

/// A recording of a few hundred bytes in which every type of chunk occurs, some of them several times.
final class SmallRecording {

    private SmallRecording() {}

    static byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CallStacks stacks = CallStacks.create();
        try (RecordingWriter writer =
                new RecordingWriter(Channels.newChannel(bytes), stacks, TraceInfo.UNKNOWN_BLOCKS)) {
            writer.metadata(RecordingWriter.INPUT, "qemu");
            int main = frame(stacks, "main", "main.c", 51, 0x211d2, Language.NATIVE);
            int outer = stacks.stacks().intern(0, main);
            writer.event(0, EventKind.ALLOCATE, 4, 2, outer);
            writer.flush();
            int update = frame(stacks, "update", "main.py", 42, 0, Language.INTERPRETED);
            int inner = stacks.stacks().intern(outer, update);
            writer.event(1, EventKind.RESIZE, 4, 3, inner);
            writer.event(2, EventKind.SWEEP, 4, 0, inner);
            writer.event(3, EventKind.FREE, 9, 0, outer);
            writer.event(3, EventKind.IMPLIED_FREE, 8, 0, 0);
            writer.sample(5, 1, inner, 1, false);
            writer.sample(9, 2, outer, 4, true);
            writer.consoleLine(7, 0, "temperature 21 °C");
            writer.clockReading(7, "ticks_ms", 12_000_000L);
            writer.flush();
            writer.event(10, EventKind.ALLOCATE, 1, 1, outer);
            writer.diagnostic(Diagnostic.warning("event 3", "a free of nothing"));
            writer.info(
                    new TraceInfo(TraceInfo.Unit.BYTES, 16, 4096, TraceInfo.TimeUnit.MICROSECONDS));
            writer.metadata(RecordingWriter.CAPTURE_PREFIX + "halts", "7");
            writer.metadata(RecordingWriter.INPUT, "localhost:1234");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static int frame(
            CallStacks stacks,
            String function,
            String file,
            int line,
            long address,
            Language language) {
        return stacks.frames()
                .intern(
                        stacks.strings().intern(function),
                        stacks.strings().intern(file),
                        line,
                        address,
                        language);
    }

    static Recording open(byte[] bytes) {
        return Recording.open(MemorySegment.ofArray(bytes), 1 << 20);
    }
}
