package dev.chipray.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.EventScript;
import dev.chipray.trace.TraceInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PprofTest {

    private record Field(int number, long varint, ByteBuffer bytes) {}

    private static List<Field> fields(ByteBuffer message) {
        ByteBuffer in = message.duplicate();
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            if ((tag & 7) == 0) {
                fields.add(new Field((int) (tag >>> 3), varint(in), ByteBuffer.allocate(0)));
            } else {
                assertThat(tag & 7).isEqualTo(2);
                int length = (int) varint(in);
                fields.add(new Field((int) (tag >>> 3), 0, in.slice(in.position(), length)));
                in.position(in.position() + length);
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static List<Long> packed(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate();
        List<Long> values = new ArrayList<>();
        while (in.hasRemaining()) {
            values.add(varint(in));
        }
        return values;
    }

    private static List<Field> of(List<Field> fields, int number) {
        return fields.stream().filter(field -> field.number == number).toList();
    }

    private static long number(Field message, int number) {
        return of(fields(message.bytes), number).stream().mapToLong(Field::varint).sum();
    }

    @Test
    void readsBackAsTheStacksAndTheirFourValues() throws IOException {
        EventScript script =
                new EventScript()
                        .allocate(0, 2, "main@main.c:51", "list_new@list.c:7", "gc_alloc@py/gc.c:1")
                        .free(0)
                        .allocate(0, 3, "main@main.c:51", "list_new@list.c:7", "gc_alloc@py/gc.c:1")
                        .info(TraceInfo.UNKNOWN_BLOCKS.withSizes(16, 0));
        byte[] file = Exports.bytes(script, "pprof", ExportOptions.DEFAULT);

        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
        List<Field> profile = fields(ByteBuffer.wrap(plain));
        List<String> strings =
                of(profile, 6).stream()
                        .map(field -> StandardCharsets.UTF_8.decode(field.bytes).toString())
                        .toList();

        assertThat(strings.getFirst()).isEmpty();
        assertThat(of(profile, 1))
                .extracting(type ->
                        strings.get((int) number(type, 1))
                                + " "
                                + strings.get((int) number(type, 2)))
                .containsExactly(
                        "alloc_objects count",
                        "alloc_space bytes",
                        "inuse_objects count",
                        "inuse_space bytes");
        List<Field> sample = fields(of(profile, 2).getFirst().bytes);
        assertThat(of(profile, 2)).hasSize(1);
        assertThat(packed(of(sample, 2).getFirst().bytes)).containsExactly(2L, 80L, 1L, 48L);
        assertThat(packed(of(sample, 1).getFirst().bytes))
                .extracting(id -> describe(profile, strings, id))
                .containsExactly("list_new list.c 7", "main main.c 51");
    }

    private static String describe(List<Field> profile, List<String> strings, long location) {
        Field found =
                of(profile, 4).stream()
                        .filter(field -> number(field, 1) == location)
                        .findFirst()
                        .orElseThrow();
        Field line = of(fields(found.bytes), 4).getFirst();
        Field function =
                of(profile, 5).stream()
                        .filter(field -> number(field, 1) == number(line, 1))
                        .findFirst()
                        .orElseThrow();
        return strings.get((int) number(function, 2))
                + " "
                + strings.get((int) number(function, 4))
                + " "
                + number(line, 2);
    }
}
