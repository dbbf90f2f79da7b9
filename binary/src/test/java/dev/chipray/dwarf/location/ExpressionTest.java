package dev.chipray.dwarf.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final Encoding ARM = new Encoding(4, 4, 4);
    private static final Encoding X86_64 = new Encoding(8, 4, 5);

    private static ByteView bytes(String hex) {
        return ByteView.of(HexFormat.of().parseHex(hex.replace(" ", "")), "expression");
    }

    private static Expression expression(String hex) {
        return new Expression(bytes(hex), ARM);
    }

    /// A frame in which register n holds 0x100 + n, memory holds its own address, and everything else is known.
    private static final EvaluationContext FRAME =
            new EvaluationContext() {
                @Override
                public RegisterReader registers() {
                    return number ->
                            number < 40 ? OptionalLong.of(0x100 + number) : OptionalLong.empty();
                }

                @Override
                public MemoryReader memory() {
                    return (address, into, offset, length) -> {
                        if (address >= 0x9000) {
                            return 0;
                        }
                        for (int i = 0; i < length; i++) {
                            into[offset + i] =
                                    (byte) (((address + i) & ~3) >> (8 * ((address + i) & 3)));
                        }
                        return length;
                    };
                }

                @Override
                public OptionalLong frameBase() {
                    return OptionalLong.of(0x2000);
                }

                @Override
                public OptionalLong canonicalFrameAddress() {
                    return OptionalLong.of(0x3000);
                }

                @Override
                public OptionalLong entryValue(ByteView expression) {
                    return expression.u8(0) == 0x50 ? OptionalLong.of(77) : OptionalLong.empty();
                }

                @Override
                public OptionalLong indexedAddress(long index) {
                    return OptionalLong.of(0x8000 + index);
                }

                @Override
                public Optional<BaseEncoding> baseType(long unitOffset) {
                    Map<Long, BaseEncoding> types =
                            Map.of(
                                    1L, new BaseEncoding(4, 4),
                                    2L, new BaseEncoding(8, 4),
                                    3L, new BaseEncoding(1, 5),
                                    4L, new BaseEncoding(8, 7),
                                    5L, new BaseEncoding(16, 4));
                    return Optional.ofNullable(types.get(unitOffset));
                }

                @Override
                public Optional<ByteView> expressionInUnit(long unitOffset) {
                    // The entry at 9 has an expression that calls itself.
                    return unitOffset == 9
                            ? Optional.of(bytes("980900"))
                            : Optional.of(bytes("35"));
                }
            };

    private static Object run(String hex, long... initial) {
        return switch (expression(hex).evaluate(FRAME, initial)) {
            case Outcome.Found(Location.InMemory(long address)) -> address;
            case Outcome.Found(Location location) -> location;
            case Outcome.Unavailable(String reason) -> reason;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "03 78563412, 0x12345678",
        "08 ff, 0xff",
        "09 ff, 0xffffffff",
        "0a feff, 0xfffe",
        "0b feff, 0xfffffffe",
        "0c 01000080, 0x80000001",
        "10 8101, 0x81",
        "11 7f, 0xffffffff",
        "4f, 0x1f",
        "71 08, 0x109",
        "92 27 7e, 0x125",
        "91 7c, 0x1ffc",
        "9c, 0x3000",
        "35 37 1c, 0xfffffffe",
        "35 33 1e, 0xf",
        "08 09 32 1b, 4",
        "09 f8 33 1b, 0xfffffffe",
        "09 ff 37 1d, 3",
        "09 f8 31 26, 0xfffffffc",
        "09 f8 31 25, 0x7ffffffc",
        "31 08 28 24, 0",
        "09 f8 08 28 26, 0xffffffff",
        "35 1f 19, 5",
        "30 20, 0xffffffff",
        "35 23 03, 8",
        "3c 3a 1a, 8",
        "3c 3a 21, 0xe",
        "3c 3a 27, 6",
        "09 ff 31 2d, 1",
        "31 31 2e, 0",
        "32 31 2b, 1",
        "31 31 2c, 1",
        "31 32 2a, 0",
        "31 32 12 1e 22, 5",
        "31 32 14 22, 3",
        "33 31 32 15 02 22, 5",
        "35 33 16 1c, 0xfffffffe",
        "31 32 33 17 1e 22, 5",
        "35 36 13, 5",
        "0a 1010 06, 0x1010",
        "0a 0102 94 01, 0x2",
        "31 28 0100 35 36, 6",
        "30 28 0100 35 36, 6",
        "31 2f 0100 35, 1",
        "a1 05, 0x8005",
        "a2 06, 0x8006",
        "a3 01 50, 77",
        "f3 01 50, 77",
        "98 0100, 5",
        "99 01000000, 5",
        "96 31, 1",
    })
    void computesAddresses(String hex, String expected) {
        assertThat(run(hex)).isEqualTo(Long.decode(expected));
    }

    @Test
    void startsWithTheStackItIsGiven() {
        assertThat(expression("23 10").evaluate(FRAME, 0x1000).number()).hasValue(0x1010);
    }

    @Test
    void findsRegistersValuesAndNothing() {
        assertThat(run("55")).isEqualTo(new Location.InRegister(5));
        assertThat(run("90 2a")).isEqualTo(new Location.InRegister(42));
        assertThat(run("35 9f")).isEqualTo(new Location.Value(5, 4));
        assertThat(run("")).isEqualTo(new Location.OptimizedOut());
        assertThat(run("a0 44332211 7f")).isEqualTo(new Location.ImplicitPointer(0x11223344, -1));
        assertThat(run("9e 02 abcd"))
                .isInstanceOfSatisfying(
                        Location.Bytes.class,
                        value -> assertThat(value.bytes().bytes()).containsExactly(0xab, 0xcd));
    }

    @Test
    void findsPieces() {
        assertThat(run("50 93 04 93 02 91 00 93 01 35 9f 9d 03 02"))
                .isEqualTo(
                        new Location.Composite(
                                List.of(
                                        new Location.Piece(new Location.InRegister(0), 32, 0),
                                        new Location.Piece(new Location.OptimizedOut(), 16, 0),
                                        new Location.Piece(new Location.InMemory(0x2000), 8, 0),
                                        new Location.Piece(new Location.Value(5, 4), 3, 2))));
    }

    @Test
    void computesWithTypes() {
        // 1.5f + 2.25f, converted to a double.
        assertThat(run("a4 01 04 0000c03f a4 01 04 00001040 22 a8 02 9f"))
                .isEqualTo(new Location.Value(Double.doubleToRawLongBits(3.75), 8));
        // A signed byte register value, widened to 64 bits.
        assertThat(run("09 ff a8 03 a8 04 9f")).isEqualTo(new Location.Value(-1, 8));
        // The bits of 1.0f as a generic number.
        assertThat(run("a4 01 04 0000803f a9 00")).isEqualTo(0x3f800000L);
        assertThat(run("a5 05 03 a8 00")).isEqualTo(5L);
        assertThat(run("a4 02 08 0000000000000cc0 a8 03 9f"))
                .isEqualTo(new Location.Value(0xfd, 1));
        assertThat(run("35 a8 05"))
                .isEqualTo("a value of 16 bytes is not known".replace(" is not known", ""));
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(run("92 32 00")).isEqualTo("register 50 is not known");
        assertThat(run("0a 0090 06")).isEqualTo("memory at 0x9000");
        assertThat(run("a3 01 51")).isEqualTo("the value at the function's entry is not known");
        assertThat(run("30 9b")).isEqualTo("the storage of the thread is not known");
        assertThat(run("97")).isEqualTo("the address of the object is not known");
        assertThat(run("35 a8 07")).isEqualTo("the base type at 0x7 is not known");
        assertThat(expression("91 00").evaluate(EvaluationContext.empty()))
                .isEqualTo(new Outcome.Unavailable("the frame base is not known"));
    }

    @ParameterizedTest
    @CsvSource({
        "22, nothing on the stack",
        "31 22, nothing on the stack",
        "31 15 05, too little on the stack",
        "01, unknown operation",
        "08, needs bytes past the end",
        "31 30 1b, has no result",
        "2f fdff, more than 10000 steps",
        "31 12 2f fcff, on the stack",
        "2f ff7f, jump out of the expression",
        "98 0900, nested more than 16 deep",
        "31 94 09, size of a value in memory",
        "9e ff01 00, needs bytes past the end"
    })
    void refusesExpressionsThatBreakTheirFormat(String hex, String message) {
        assertThatThrownBy(() -> run(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void printsItself() {
        assertThat(expression("7d 04 06 23 0c 9f"))
                .hasToString(
                        "DW_OP_breg13 +4, DW_OP_deref, DW_OP_plus_uconst 0xc, DW_OP_stack_value");
        assertThat(expression("f3 01 50 9f"))
                .hasToString("DW_OP_GNU_entry_value (DW_OP_reg0), DW_OP_stack_value");
        assertThat(expression("03 01")).hasToString("(broken: needs bytes past the end)");
    }

    @Test
    void neverFailsInAnotherWayOnRandomBytes() {
        Random random = new Random(11);
        for (int round = 0; round < 50_000; round++) {
            byte[] code = new byte[random.nextInt(24)];
            random.nextBytes(code);
            Expression expression =
                    new Expression(
                            ByteView.of(code, "random"), random.nextBoolean() ? ARM : X86_64);
            assertThat(expression.toString()).isNotNull();
            try {
                expression.evaluate(FRAME, 1, 2, 3, 4);
            } catch (MalformedException _) {
                // The one error it may throw.
            }
        }
    }

    @Test
    void readsValuesFromPieces() {
        ValueReader reader =
                new ValueReader(FRAME.memory(), FRAME.registers(), ByteOrder.LITTLE_ENDIAN);
        Location location =
                new Location.Composite(
                        List.of(
                                new Location.Piece(new Location.InRegister(2), 16, 0),
                                new Location.Piece(new Location.OptimizedOut(), 8, 0),
                                new Location.Piece(new Location.Value(0b101, 4), 3, 0),
                                new Location.Piece(new Location.InMemory(0x1234), 5, 2)));
        RecoveredValue value = reader.read(location, 4);
        assertThat(value.bytes().bytes()).containsExactly(0x02, 0x01, 0x00, 0b01101_101);
        assertThat(value.known().bytes()).containsExactly(0xff, 0xff, 0x00, 0xff);
        assertThat(value.reason()).isEqualTo("optimized out");
        assertThat(reader.read(new Location.InMemory(0x1000), 8).bytes().u64(0))
                .isEqualTo(0x0000_1004_0000_1000L);
        assertThat(reader.read(new Location.InMemory(0x9000), 8).isUnknown()).isTrue();
        assertThat(reader.read(new Location.InRegister(1), 2).bytes().u16(0)).isEqualTo(0x101);
        assertThat(reader.read(new Location.InRegister(60), 4).reason())
                .isEqualTo("register 60 is not known");
        assertThat(reader.read(new Location.InMemory(0), Long.MAX_VALUE).isComplete()).isFalse();
        ValueReader big = new ValueReader(FRAME.memory(), FRAME.registers(), ByteOrder.BIG_ENDIAN);
        assertThat(big.read(new Location.InRegister(1), 4).bytes().u32(0)).isEqualTo(0x101);
    }
}
