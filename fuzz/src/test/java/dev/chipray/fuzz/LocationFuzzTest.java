package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.dwarf.location.BaseEncoding;
import dev.chipray.dwarf.location.Encoding;
import dev.chipray.dwarf.location.EvaluationContext;
import dev.chipray.dwarf.location.Expression;
import dev.chipray.dwarf.location.Location;
import dev.chipray.dwarf.location.LocationList;
import dev.chipray.dwarf.location.LocationListReader;
import dev.chipray.dwarf.location.Outcome;
import dev.chipray.dwarf.location.ValueReader;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/// Expressions and location lists of any bytes; the first byte chooses the sizes.
class LocationFuzzTest {

    /// A frame in which everything is known.
    private record Everything(ByteView own) implements EvaluationContext {
        @Override
        public RegisterReader registers() {
            return register -> OptionalLong.of(register * 0x0101_0101L);
        }

        @Override
        public MemoryReader memory() {
            return (address, into, offset, length) -> address < 0 ? length / 2 : length;
        }

        @Override
        public OptionalLong frameBase() {
            return OptionalLong.of(0x2000_0000L);
        }

        @Override
        public OptionalLong canonicalFrameAddress() {
            return OptionalLong.of(0x2000_0100L);
        }

        @Override
        public OptionalLong entryValue(ByteView expression) {
            return OptionalLong.of(expression.size());
        }

        @Override
        public OptionalLong indexedAddress(long index) {
            return OptionalLong.of(index);
        }

        @Override
        public Optional<BaseEncoding> baseType(long unitOffset) {
            return Optional.of(
                    new BaseEncoding((int) (unitOffset & 15), (int) (unitOffset >> 4 & 15)));
        }

        @Override
        public Optional<ByteView> expressionInUnit(long unitOffset) {
            return Optional.of(own);
        }
    }

    private static Encoding encoding(byte first) {
        return new Encoding(1 << (first & 3), (first & 4) == 0 ? 4 : 8, 2 + (first >> 3 & 3));
    }

    @FuzzTest(maxDuration = "2m")
    void anyExpressionEndsOrIsRefused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteOrder order = bytes[0] < 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteView code = ByteView.of(bytes, "expression").slice(1, bytes.length - 1L).as(order, 4);
        Expression expression = new Expression(code, encoding(bytes[0]));
        assertThat(expression.toString()).isNotNull();
        Everything context = new Everything(code);
        try {
            if (expression.evaluate(context, 1, 2) instanceof Outcome.Found(Location location)) {
                ValueReader reader = new ValueReader(context.memory(), context.registers(), order);
                assertThat(reader.read(location, 16).bytes().size()).isEqualTo(16);
            }
        } catch (MalformedException e) {
            assertThat(e.what()).isEqualTo("expression");
        }
    }

    @FuzzTest(maxDuration = "2m")
    void anyLocationListEndsOrIsRefused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteView section = ByteView.of(bytes, "list").slice(1, bytes.length - 1L, "list");
        LocationListReader reader =
                new LocationListReader(
                        encoding(bytes[0]),
                        0x1000,
                        index -> index < 16 ? OptionalLong.of(index) : OptionalLong.empty());
        try {
            check(reader.readLoc(section, 0), bytes.length);
        } catch (MalformedException e) {
            assertThat(e.what()).isEqualTo("list");
        }
        try {
            check(reader.readLoclists(section, 0), bytes.length);
            reader.readLoclists(section, reader.indexedOffset(section, 0, bytes[0]));
        } catch (MalformedException e) {
            assertThat(e.what()).isEqualTo("list");
        }
    }

    private static void check(LocationList list, int size) {
        assertThat(list.entries()).hasSizeLessThanOrEqualTo(size);
        for (LocationList.Entry entry : list.entries()) {
            assertThat(list.at(entry.low())).isPresent();
        }
    }
}
