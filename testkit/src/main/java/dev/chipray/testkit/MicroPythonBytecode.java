package dev.chipray.testkit;

import java.io.ByteArrayOutputStream;

/// Writes functions in each encoding of MicroPython's bytecode: a prelude, a line table, some opcodes.
final class MicroPythonBytecode {
    private static final int OPCODES = 64;
    private final String generation;

    MicroPythonBytecode(String generation) {
        this.generation = generation;
    }

    byte[] encode(int name, int file, int states, int[][] steps) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        if (generation.equals("tables")) {
            number(info, 1);
        } else if (generation.endsWith("16")) {
            info.writeBytes(
                    new byte[] {(byte) name, (byte) (name >> 8), (byte) file, (byte) (file >> 8)});
        } else {
            number(info, name);
            number(info, file);
        }
        for (int[] step : steps) {
            lineStep(info, step[0], step[1]);
        }
        if (!generation.equals("tables")) {
            info.write(0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (generation.startsWith("plain")) {
            number(out, states);
            number(out, 0);
            out.writeBytes(new byte[4]);
            // The size counts itself; it fits into one byte here or grows to two.
            int size = info.size() + 1 < 0x80 ? info.size() + 1 : info.size() + 2;
            number(out, size);
            out.writeBytes(info.toByteArray());
            out.write(255);
        } else {
            packedSignature(out, states);
            packedSize(out, info.size());
            out.writeBytes(info.toByteArray());
        }
        out.writeBytes(new byte[OPCODES]);
        return out.toByteArray();
    }

    int opcodesAt(byte[] encoded) {
        // What the line table of the oldest encoding counts includes the end mark of the cells.
        return encoded.length - OPCODES - (generation.startsWith("plain") ? 1 : 0);
    }

    private static void lineStep(ByteArrayOutputStream out, int codeBytes, int lines) {
        int bytes = codeBytes;
        int left = lines;
        while (bytes > 0 || left > 0) {
            if (left <= 3) {
                int b = Math.min(bytes, 0x1f);
                // A long stretch of code without a new line comes first.
                int l = bytes > 0x1f ? 0 : left;
                out.write(l << 5 | b);
                bytes -= b;
                left -= l;
            } else {
                int b = Math.min(bytes, 0xf);
                int l = bytes > 0xf ? 0 : Math.min(left, 0x7ff);
                out.write(0x80 | ((l >> 4) & 0x70) | b);
                out.write(l & 0xff);
                bytes -= b;
                left -= l;
            }
        }
    }

    private static void packedSignature(ByteArrayOutputStream out, int states) {
        int s = states - 1;
        int first = (s & 0xf) << 3;
        s >>= 4;
        while (s > 0) {
            out.write(0x80 | first);
            first = (s & 3) << 4;
            s >>= 2;
        }
        out.write(first);
    }

    private static void packedSize(ByteArrayOutputStream out, int size) {
        int left = size;
        do {
            int one = (left & 0x3f) << 1;
            left >>= 6;
            out.write(left > 0 ? one | 0x80 : one);
        } while (left > 0);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (value >> shift != 0) {
                out.write(0x80 | ((value >> shift) & 0x7f));
            }
        }
        out.write(value & 0x7f);
    }
}
