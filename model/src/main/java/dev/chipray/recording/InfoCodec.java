package dev.chipray.recording;

import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.Diagnostic.Severity;
import dev.chipray.trace.TraceInfo;
import dev.chipray.trace.TraceInfo.TimeUnit;
import dev.chipray.trace.TraceInfo.Unit;

/// The codes of the small closed sets in `INFO` and `DIAG` chunks, kept apart from the order of the Java constants.
final class InfoCodec {

    private InfoCodec() {}

    static int code(Unit unit) {
        return switch (unit) {
            case BLOCKS -> 0;
            case BYTES -> 1;
        };
    }

    static int code(TimeUnit unit) {
        return switch (unit) {
            case EVENTS -> 0;
            case MILLISECONDS -> 1;
            case MICROSECONDS -> 2;
            case NANOSECONDS -> 3;
        };
    }

    static int code(Severity severity) {
        return switch (severity) {
            case NOTE -> 0;
            case WARNING -> 1;
            case ERROR -> 2;
        };
    }

    static TraceInfo readInfo(PayloadReader payload) {
        Unit unit =
                switch (payload.readInt(1, "unit")) {
                    case 0 -> Unit.BLOCKS;
                    default -> Unit.BYTES;
                };
        long blockSize = payload.readVarint();
        long heapBlocks = payload.readVarint();
        if (blockSize < 0 || heapBlocks < 0) {
            throw payload.malformed("a size is out of range");
        }
        TimeUnit timeUnit =
                switch (payload.readInt(3, "time unit")) {
                    case 0 -> TimeUnit.EVENTS;
                    case 1 -> TimeUnit.MILLISECONDS;
                    case 2 -> TimeUnit.MICROSECONDS;
                    default -> TimeUnit.NANOSECONDS;
                };
        return new TraceInfo(unit, blockSize, heapBlocks, timeUnit);
    }

    static Diagnostic readDiagnostic(PayloadReader payload) {
        Severity severity =
                switch (payload.readInt(2, "severity")) {
                    case 0 -> Severity.NOTE;
                    case 1 -> Severity.WARNING;
                    default -> Severity.ERROR;
                };
        return new Diagnostic(severity, payload.readString(), payload.readString());
    }
}
