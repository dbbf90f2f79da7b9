package dev.chipray.cli;

import dev.chipray.trace.TraceInfo;
import picocli.CommandLine.ITypeConverter;

/// A limit as the user wrote it: a plain number counts the input's own units, one with a unit counts bytes.
record Amount(String text, long value, boolean isBytes) {

    /// Reads `700`, `60KiB` or `512B`.
    static final class Converter implements ITypeConverter<Amount> {
        private final SizeConverter sizes = new SizeConverter();

        @Override
        public Amount convert(String text) {
            char last = text.isEmpty() ? '0' : text.charAt(text.length() - 1);
            boolean bytes = "kKmMgGbB".indexOf(last) >= 0 && !text.startsWith("0x");
            return new Amount(text, sizes.convert(text), bytes);
        }
    }

    /// The limit in the units of a trace; bytes are rounded down to whole blocks.
    long in(TraceInfo info) {
        if (!isBytes) {
            return value;
        }
        long unit = InputOptions.bytesOfUnit(info);
        if (unit == 0) {
            throw new UsageException(
                    "a limit of "
                            + text
                            + " needs --block-size, which this input does not tell; or give the limit in blocks");
        }
        return value / unit;
    }
}
