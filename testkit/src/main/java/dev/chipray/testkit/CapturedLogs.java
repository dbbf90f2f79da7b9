package dev.chipray.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Logs of GC activity that gdb wrote about MicroPython on a Cortex-M3 in QEMU, with the interpreter's source lines
/// blanked.
public final class CapturedLogs {

    /// 1,200 events with full backtraces, values first.
    public static final String VALUES_FIRST = "values-first";

    /// 400 events, frames before values.
    public static final String FRAMES_FIRST = "frames-first";

    /// 877 events with four `up` each, cut in the middle of the last.
    public static final String UP_CUT = "up-cut";

    public static final List<String> ALL = List.of(VALUES_FIRST, FRAMES_FIRST, UP_CUT);

    private CapturedLogs() {}

    /// The log as it was, compressed with gzip.
    public static byte[] compressed(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        CapturedLogs.class.getResourceAsStream(name + ".log.gz"), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String name) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
