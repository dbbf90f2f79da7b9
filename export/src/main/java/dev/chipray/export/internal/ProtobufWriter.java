package dev.chipray.export.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes fields of a protocol buffer message into memory: varints, packed varints, strings and messages.
final class ProtobufWriter {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtobufWriter number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3 | VARINT);
            varint(value);
        }
        return this;
    }

    ProtobufWriter packed(int field, long... values) {
        ProtobufWriter packed = new ProtobufWriter();
        for (long value : values) {
            packed.varint(value);
        }
        return message(field, packed);
    }

    ProtobufWriter string(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    ProtobufWriter message(int field, ProtobufWriter message) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(message.bytes.size());
        bytes.writeBytes(message.bytes.toByteArray());
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    void writeTo(OutputStream out) throws IOException {
        bytes.writeTo(out);
        bytes.reset();
    }
}
