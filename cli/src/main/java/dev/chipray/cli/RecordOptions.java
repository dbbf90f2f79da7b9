package dev.chipray.cli;

import dev.chipray.session.CaptureSession;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What all live captures need to be told.
final class RecordOptions {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)?");

    @Option(
            names = "--gdb",
            required = true,
            paramLabel = "ENDPOINT",
            description =
                    "HOST:PORT, unix:PATH, serial:DEVICE@BAUD, exec:COMMAND, openocd, jlink or qemu.")
    String endpoint = "";

    @Option(
            names = "--elf",
            required = true,
            paramLabel = "FW.elf",
            description = "The program that runs on the target, with debug information.")
    Path elf = Path.of("");

    @Option(
            names = "-o",
            paramLabel = "OUT",
            description = "The recording; without it, a name of the program's and the time.")
    @Nullable Path out;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "End after this time: 500ms, 10s, 5m.")
    @Nullable String time;

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            description = "How long the stub may take for an answer (default: ${DEFAULT-VALUE}).")
    int timeoutMillis = 5_000;

    CaptureSession session() {
        if (timeoutMillis <= 0) {
            throw new UsageException("--timeout is above 0");
        }
        return new CaptureSession(endpoint, elf, timeoutMillis, "chipray " + Version.text());
    }

    Path output(String kind) {
        if (out != null) {
            return out;
        }
        Path name = elf.getFileName();
        String stem = name == null ? "target" : name.toString().replaceFirst("\\.[^.]*$", "");
        String now =
                LocalDateTime.now(ZoneId.systemDefault())
                        .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        return Path.of(stem + "-" + kind + "-" + now + ".chipray");
    }

    long millis() {
        if (time == null) {
            return 0;
        }
        Matcher matcher = DURATION.matcher(time.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new UsageException("--for takes a time such as 500ms, 10s or 5m; not " + time);
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        double factor =
                switch (unit) {
                    case "ms" -> 1;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 1_000;
                };
        return Math.max(1, (long) (Double.parseDouble(matcher.group(1)) * factor));
    }
}
