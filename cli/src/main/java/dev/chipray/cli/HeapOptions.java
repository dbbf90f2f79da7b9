package dev.chipray.cli;

import dev.chipray.session.heap.HeapRequest;
import dev.chipray.session.heap.HeapSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a dump is opened; shared by the commands that read a heap.
final class HeapOptions {

    @Option(
            names = "--elf",
            paramLabel = "FW.elf",
            description =
                    "The firmware that ran, with debug information; may be given more than once.")
    List<Path> firmware = new ArrayList<>();

    @Option(
            names = "--base",
            paramLabel = "ADDR",
            converter = SizeConverter.class,
            description = "Where a raw dump starts; without it the start is searched and proven.")
    @Nullable Long base;

    @Option(
            names = "--snapshot",
            paramLabel = "last|all|N",
            description = "Which of several dumps in one file (default: ${DEFAULT-VALUE}).")
    String snapshot = "last";

    @Option(
            names = "--stack-pointer",
            paramLabel = "ADDR",
            converter = SizeConverter.class,
            description =
                    "The stack pointer when a raw dump was taken; a core file tells it itself.")
    @Nullable Long stackPointer;

    HeapRequest request(Path dump) {
        return new HeapRequest(
                dump, firmware, Optional.empty(), known(base), known(stackPointer), choice());
    }

    HeapSession open(Path dump) throws IOException {
        return HeapSession.open(request(dump));
    }

    private static OptionalLong known(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private HeapRequest.Choice choice() {
        if (snapshot.equalsIgnoreCase("last")) {
            return HeapRequest.Choice.LAST;
        }
        if (snapshot.equalsIgnoreCase("all")) {
            return HeapRequest.Choice.ALL;
        }
        if (snapshot.matches("[1-9][0-9]{0,8}")) {
            return HeapRequest.Choice.of(Integer.parseInt(snapshot));
        }
        throw wrongSnapshot();
    }

    private UsageException wrongSnapshot() {
        return new UsageException(
                "--snapshot is last, all or a number from 1, not '" + snapshot + "'");
    }
}
