package dev.chipray.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteViewTest {
    @Test
    void numbers_of_every_width_and_order_equal_those_of_a_byte_buffer_on_heap_and_in_a_segment() {
        byte[] bytes = new byte[64];
        new Random(1).nextBytes(bytes);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer oracle = ByteBuffer.wrap(bytes).order(order);
            for (ByteView view :
                    new ByteView[] {
                        ByteView.of(bytes, "heap").as(order, 8),
                        ByteView.of(MemorySegment.ofArray(bytes), "segment").as(order, 8)
                    }) {
                for (int i = 0; i + 8 <= bytes.length; i++) {
                    assertThat(view.s8(i)).isEqualTo(oracle.get(i));
                    assertThat(view.s16(i)).isEqualTo(oracle.getShort(i));
                    assertThat(view.s32(i)).isEqualTo(oracle.getInt(i));
                    assertThat(view.s64(i)).isEqualTo(oracle.getLong(i));
                    assertThat(view.word(i)).isEqualTo(oracle.getLong(i));
                    assertThat(view.unsigned(i, 3)).isEqualTo(reference(bytes, i, 3, order));
                    assertThat(view.unsigned(i, 7)).isEqualTo(reference(bytes, i, 7, order));
                }
            }
        }
    }

    private static long reference(byte[] bytes, int offset, int width, ByteOrder order) {
        byte[] magnitude = new byte[width];
        for (int i = 0; i < width; i++) {
            magnitude[i] = bytes[offset + (order == ByteOrder.BIG_ENDIAN ? i : width - 1 - i)];
        }
        return new BigInteger(1, magnitude).longValueExact();
    }

    @Test
    void offsets_that_overflow_are_outside() {
        ByteView view = ByteView.of(new byte[16], "x");
        for (long offset :
                new long[] {-1, 16, 13, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 2}) {
            assertThatThrownBy(() -> view.u32(offset)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> view.slice(8, Long.MAX_VALUE))
                .isInstanceOf(MalformedException.class);
        assertThat(view.has(8, Long.MAX_VALUE)).isFalse();
        assertThat(view.has(16, 0)).isTrue();
    }

    @Test
    void errors_in_a_slice_name_the_offset_in_the_whole() {
        ByteView part = ByteView.of(new byte[16], ".debug_info").slice(4, 8);
        assertThatThrownBy(() -> part.u32(6)).hasMessageContaining(".debug_info at 0xa");
        assertThatThrownBy(() -> part.slice(0, 8, "part").u8(8))
                .hasMessageContaining("part at 0x8");
    }

    @Test
    void a_string_without_end_is_malformed() {
        ByteView view = ByteView.of(new byte[] {'a', 0, 'b'}, "x");
        assertThat(view.cString(0)).isEqualTo("a");
        assertThat(view.cString(1)).isEmpty();
        assertThatThrownBy(() -> view.cString(2)).isInstanceOf(MalformedException.class);
    }

    @Test
    void leb128_round_trips_and_refuses_more_than_64_bits() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            BytesAssembler out = BytesAssembler.little().uleb(value).sleb(value).uleb(value);
            ByteCursor in = out.view("leb", 4).cursor();
            assertThat(in.uleb128()).isEqualTo(value);
            assertThat(in.sleb128()).isEqualTo(value);
            in.skipLeb128();
            assertThat(in.hasRemaining()).isFalse();
        }
        ByteView wide =
                BytesAssembler.little()
                        .bytes(255, 255, 255, 255, 255, 255, 255, 255, 255, 2)
                        .view("x", 4);
        assertThatThrownBy(() -> wide.cursor().uleb128()).isInstanceOf(MalformedException.class);
        ByteView padded = BytesAssembler.little().bytes(0x81, 0x80, 0x80, 0x00).view("x", 4);
        assertThat(padded.cursor().uleb128()).isEqualTo(1);
    }

    @Test
    void a_cursor_never_leaves_its_view() {
        ByteCursor in = ByteView.of(new byte[4], "x").cursor(2);
        assertThatThrownBy(in::u32).isInstanceOf(MalformedException.class);
        assertThat(in.position()).isEqualTo(2);
        assertThatThrownBy(() -> in.skip(3)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> in.skip(-1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> in.position(5)).isInstanceOf(MalformedException.class);
        in.skip(2);
        assertThatThrownBy(in::u8).isInstanceOf(MalformedException.class);
        assertThat(in.remaining()).isZero();
    }
}
