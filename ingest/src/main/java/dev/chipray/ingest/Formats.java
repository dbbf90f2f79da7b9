package dev.chipray.ingest;

import dev.chipray.ingest.gclog.GcLogSource;
import dev.chipray.ingest.history.AllocationHistorySource;
import dev.chipray.ingest.internal.UnpackedInput;
import dev.chipray.recording.Recording;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.MalformedInputException;
import dev.chipray.trace.UnsupportedInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Recognises allocation inputs by their first bytes, never by their names, and opens the right reader.
///
/// Every format may be compressed with gzip and may come from a pipe. Safe for any thread.
public final class Formats {

    /// How much of an input, unpacked, is looked at.
    private static final int HEAD = 1 << 18;

    private Formats() {}

    /// The format of an input that begins with `head`, which is not compressed.
    public static Optional<Format> recognise(byte[] head) {
        if (Recording.isRecording(head)) {
            return Optional.of(Format.CHIPRAY);
        }
        if (looksLikeHistory(head)) {
            return Optional.of(Format.ALLOCATION_HISTORY);
        }
        return GcLogSource.isLog(head) ? Optional.of(Format.GC_LOG) : Optional.empty();
    }

    /// Opens `file` as what it is.
    ///
    /// @throws UnsupportedInputException where it is nothing that Chipray knows
    public static AllocationSource open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return open(Files.newInputStream(file));
        }
        byte[] raw;
        try (InputStream input = Files.newInputStream(file)) {
            raw = input.readNBytes(HEAD);
        }
        return open(file, formatOf(raw));
    }

    /// Opens `file` as `format`, whatever it looks like.
    public static AllocationSource open(Path file, Format format) throws IOException {
        return switch (format) {
            case GC_LOG -> GcLogSource.open(file);
            case ALLOCATION_HISTORY -> AllocationHistorySource.open(file);
            case CHIPRAY -> isPacked(file) ? unpackedRecording(file) : Recording.open(file);
        };
    }

    /// Opens what comes out of `input` as what it is; the source closes `input` when it has read it.
    ///
    /// @throws UnsupportedInputException where it is nothing that Chipray knows
    public static AllocationSource open(InputStream input) throws IOException {
        byte[] raw = input.readNBytes(HEAD);
        return open(new SequenceInputStream(new ByteArrayInputStream(raw), input), formatOf(raw));
    }

    /// Opens what comes out of `input` as `format`, whatever it looks like.
    public static AllocationSource open(InputStream input, Format format) throws IOException {
        return switch (format) {
            case GC_LOG -> GcLogSource.of(input);
            case ALLOCATION_HISTORY -> AllocationHistorySource.of(input);
            case CHIPRAY -> {
                try (UnpackedInput unpacked = UnpackedInput.of(input)) {
                    yield stored(unpacked);
                }
            }
        };
    }

    private static boolean isPacked(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return input.read() == 0x1f && input.read() == 0x8b;
        }
    }

    private static AllocationSource unpackedRecording(Path file) throws IOException {
        try (UnpackedInput unpacked = UnpackedInput.of(Files.newInputStream(file))) {
            return stored(unpacked);
        }
    }

    /// A recording is read from where it is mapped, so one that is compressed or comes from a pipe is put into a file.
    private static AllocationSource stored(InputStream unpacked) throws IOException {
        Path copy = Files.createTempFile("chipray-", ".chipray");
        try {
            Files.copy(unpacked, copy, StandardCopyOption.REPLACE_EXISTING);
            return Recording.open(copy);
        } finally {
            // Stays readable as long as it is mapped; systems that forbid this get it removed at
            // exit.
            if (!copy.toFile().delete()) {
                copy.toFile().deleteOnExit();
            }
        }
    }

    /// An array that is empty or begins with an object.
    private static boolean looksLikeHistory(byte[] head) {
        int at = skipSpace(head, startsWithMark(head) ? 3 : 0);
        if (at >= head.length || head[at] != '[') {
            return false;
        }
        at = skipSpace(head, at + 1);
        return at < head.length && (head[at] == '{' || head[at] == ']');
    }

    private static boolean startsWithMark(byte[] head) {
        return head.length >= 3
                && head[0] == (byte) 0xef
                && head[1] == (byte) 0xbb
                && head[2] == (byte) 0xbf;
    }

    private static int skipSpace(byte[] head, int from) {
        int at = from;
        while (at < head.length && " \t\r\n".indexOf(head[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static Format formatOf(byte[] raw) throws IOException {
        if (raw.length == 0) {
            throw new MalformedInputException("there is nothing in it", -1);
        }
        byte[] head;
        try (UnpackedInput input = UnpackedInput.of(new ByteArrayInputStream(raw))) {
            head = input.readNBytes(HEAD);
        }
        return recognise(head)
                .orElseThrow(() ->
                        new UnsupportedInputException(
                                "this is no input that Chipray knows",
                                "it reads "
                                        + ids()
                                        + "; --format says which, where that cannot be"
                                        + " seen"));
    }

    private static String ids() {
        return Arrays.stream(Format.values()).map(Format::id).collect(Collectors.joining(", "));
    }
}
