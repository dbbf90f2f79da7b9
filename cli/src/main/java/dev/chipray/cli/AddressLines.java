package dev.chipray.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads addresses in hex, one a line, each with or without `0x`; blank lines are passed over.
///
/// From bytes to numbers without a string for each line: a list of a hundred thousand addresses is read in the time
/// that the JVM needs to compile a reader of lines.
final class AddressLines {

    /// More characters than any address has; what is cut off is wrong anyway.
    private static final int LONGEST = 64;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private long[] addresses = new long[1024];
    private int count;

    private AddressLines() {}

    static long[] read(InputStream in) throws IOException {
        AddressLines lines = new AddressLines();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                lines.take(buffer[i]);
            }
        }
        lines.take((byte) '\n');
        return Arrays.copyOf(lines.addresses, lines.count);
    }

    private void take(byte unit) {
        if (unit == '\n') {
            end();
        } else if (length < LONGEST) {
            line[length++] = unit;
        }
    }

    private void end() {
        String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
        length = 0;
        if (!text.isEmpty()) {
            if (count == addresses.length) {
                addresses = Arrays.copyOf(addresses, 2 * count);
            }
            addresses[count++] = parse(text);
        }
    }

    static long parse(String text) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        try {
            return Long.parseUnsignedLong(digits, 16);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "'" + text + "' is no address; give hex digits, with or without 0x");
        }
    }
}
