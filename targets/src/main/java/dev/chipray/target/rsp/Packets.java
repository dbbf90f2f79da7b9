package dev.chipray.target.rsp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Packets as bytes: framing, escaping and hexadecimal digits. Stateless.
final class Packets {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    private Packets() {}

    private static byte[] values() {
        byte[] values = new byte[256];
        for (int i = 0; i < 256; i++) {
            values[i] = (byte) Character.digit((char) i, 16);
        }
        return values;
    }

    /// `$payload#checksum`, with the four bytes that have a meaning of their own escaped.
    static byte[] frame(byte[] payload) {
        byte[] frame = new byte[payload.length * 2 + 4];
        int size = 0;
        int sum = 0;
        frame[size++] = '$';
        for (byte value : payload) {
            int next = value;
            if (value == '$' || value == '#' || value == '}' || value == '*') {
                frame[size++] = '}';
                sum += '}';
                next = value ^ 0x20;
            }
            frame[size++] = (byte) next;
            sum += next;
        }
        frame[size++] = '#';
        frame[size++] = DIGITS[sum >> 4 & 0xf];
        frame[size++] = DIGITS[sum & 0xf];
        return Arrays.copyOf(frame, size);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    /// The value of a hexadecimal digit, or -1.
    static int digit(int character) {
        return VALUES[character & 0xff];
    }

    static boolean isOk(byte[] answer) {
        return answer.length == 2 && answer[0] == 'O' && answer[1] == 'K';
    }

    static String hex(byte[] bytes) {
        byte[] text = new byte[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = DIGITS[bytes[i] >> 4 & 0xf];
            text[2 * i + 1] = DIGITS[bytes[i] & 0xf];
        }
        return text(text);
    }

    /// Decodes a payload of pairs of digits into `into`.
    ///
    /// @return how many bytes there were, or -1 where something else than pairs of digits is there or it is too much
    static int unhex(byte[] payload, byte[] into, int at, int most) {
        if ((payload.length & 1) != 0 || payload.length / 2 > most) {
            return -1;
        }
        for (int i = 0; i < payload.length / 2; i++) {
            int high = digit(payload[2 * i]);
            int low = digit(payload[2 * i + 1]);
            if ((high | low) < 0) {
                return -1;
            }
            into[at + i] = (byte) (high << 4 | low);
        }
        return payload.length / 2;
    }

    /// The text that pairs of digits stand for; what is not such a pair is left out.
    static String unhexText(byte[] payload, int offset) {
        byte[] into = new byte[payload.length];
        int length = 0;
        for (int i = offset; i + 1 < payload.length; i += 2) {
            int high = digit(payload[i]);
            int low = digit(payload[i + 1]);
            if ((high | low) >= 0) {
                into[length++] = (byte) (high << 4 | low);
            }
        }
        return new String(into, 0, length, StandardCharsets.UTF_8);
    }

    static boolean startsWith(byte[] payload, String prefix) {
        if (payload.length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (payload[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
