package dev.chipray.cli;

import java.io.PrintStream;

/// Bytes with their addresses, sixteen a line, and as text beside them.
final class HexText {
    private static final int WIDTH = 16;

    private HexText() {}

    static void print(PrintStream out, long address, byte[] bytes, int length) {
        for (int start = 0; start < length; start += WIDTH) {
            StringBuilder line = new StringBuilder("  0x%08x ".formatted(address + start));
            StringBuilder text = new StringBuilder();
            for (int i = start; i < start + WIDTH; i++) {
                if (i % 8 == 0) {
                    line.append(' ');
                }
                if (i < length) {
                    int value = bytes[i] & 0xff;
                    line.append("%02x ".formatted(value));
                    text.append(value >= 0x20 && value < 0x7f ? (char) value : '.');
                } else {
                    line.append("   ");
                }
            }
            out.println(line.append(' ').append(text));
        }
        if (length < bytes.length) {
            out.println("  " + (bytes.length - length) + " bytes more are not in the input");
        }
    }
}
