package dev.chipray.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.bytes.ByteView;
import dev.chipray.unwind.internal.RegisterFile;
import dev.chipray.unwind.internal.StackMemory;
import dev.chipray.unwind.internal.WindowedXtensa;
import dev.chipray.unwind.internal.exidx.ExidxMachine;
import dev.chipray.unwind.internal.exidx.ExidxTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/// Arm's unwind instructions and Xtensa's windows on stacks made by hand.
class ExidxTest {
    private static final Architecture ARM =
            new Architecture(Architecture.Kind.ARM, 4, ByteOrder.LITTLE_ENDIAN);
    private static final Architecture XTENSA =
            new Architecture(Architecture.Kind.XTENSA, 4, ByteOrder.LITTLE_ENDIAN);
    private static final long STACK = 0x2000_0000L;

    /// A stack whose word at index i is 0x100 + i.
    private static StackMemory counting(Architecture architecture) {
        return new StackMemory(
                (address, into, offset, length) -> {
                    for (int i = 0; i < length; i++) {
                        long at = address + i - STACK;
                        into[offset + i] = (byte) ((0x100 + at / 4) >>> (8 * (at & 3)));
                    }
                    return length;
                },
                architecture);
    }

    private static RegisterFile run(int... code) {
        byte[] bytes = new byte[code.length];
        for (int i = 0; i < code.length; i++) {
            bytes[i] = (byte) code[i];
        }
        RegisterFile registers = new RegisterFile(ARM);
        registers.set(13, STACK);
        registers.set(14, 0x99);
        registers.set(7, STACK + 0x40);
        boolean done = new ExidxMachine(bytes, counting(ARM), registers).run();
        if (!done) {
            registers.clear();
        }
        return registers;
    }

    @Test
    void finish_leaves_everything_and_returns_to_the_link_register() {
        RegisterFile after = run(0xb0);
        assertThat(after.pc()).isEqualTo(0x99);
        assertThat(after.stackPointer()).isEqualTo(STACK);
    }

    @Test
    void the_stack_pointer_moves_by_small_and_large_amounts() {
        assertThat(run(0x00).stackPointer()).isEqualTo(STACK + 4);
        assertThat(run(0x3f).stackPointer()).isEqualTo(STACK + 0x100);
        assertThat(run(0x3f, 0x40).stackPointer()).isEqualTo(STACK + 0xfc);
        assertThat(run(0xb2, 0x04).stackPointer()).isEqualTo(STACK + 0x204 + 16);
        assertThat(run(0xb2, 0x80, 0x01).stackPointer()).isEqualTo(STACK + 0x204 + 512);
    }

    @Test
    void registers_are_popped_by_range_and_by_mask() {
        RegisterFile range = run(0xaa);
        assertThat(range.get(4)).isEqualTo(0x100);
        assertThat(range.get(6)).isEqualTo(0x102);
        assertThat(range.get(14)).isEqualTo(0x103);
        assertThat(range.pc()).isEqualTo(0x103);
        RegisterFile mask = run(0x84, 0x01);
        assertThat(mask.get(4)).isEqualTo(0x100);
        assertThat(mask.get(14)).isEqualTo(0x101);
        RegisterFile low = run(0xb1, 0x05);
        assertThat(low.get(0)).isEqualTo(0x100);
        assertThat(low.get(2)).isEqualTo(0x101);
    }

    @Test
    void a_popped_program_counter_is_where_it_returns_to() {
        assertThat(run(0x88, 0x00).pc()).isEqualTo(0x100);
    }

    @Test
    void the_stack_pointer_comes_from_another_register() {
        assertThat(run(0x97).stackPointer()).isEqualTo(STACK + 0x40);
    }

    @Test
    void doubles_are_popped_in_all_three_ways() {
        assertThat(run(0xc9, 0x81).stackPointer()).isEqualTo(STACK + 16);
        assertThat(run(0xd1).get(16 + 9)).isEqualTo(0x0000_0103_0000_0102L);
        assertThat(run(0xb8).stackPointer()).isEqualTo(STACK + 12);
        assertThat(run(0xb3, 0x80).stackPointer()).isEqualTo(STACK + 12);
    }

    @Test
    void what_refuses_or_is_reserved_is_not_undone() {
        assertThat(run(0x80, 0x00).isKnown(13)).isFalse();
        assertThat(run(0x9d).isKnown(13)).isFalse();
        assertThat(run(0xb1, 0x00).isKnown(13)).isFalse();
        assertThat(run(0xff).isKnown(13)).isFalse();
    }

    @Test
    void an_index_entry_names_its_instructions_inline_or_in_the_table() {
        byte[] indexBytes = new byte[24];
        byte[] tableBytes = new byte[8];
        ByteBuffer index = ByteBuffer.wrap(indexBytes).order(ByteOrder.LITTLE_ENDIAN);
        // Self-relative addresses: the index is at 0x1000, the functions at 0x100, 0x200, 0x300.
        index.putInt((0x100 - 0x1000) & 0x7fff_ffff).putInt(0x8001_aab0);
        index.putInt((0x200 - 0x1008) & 0x7fff_ffff).putInt(0x2000 - 0x100c);
        index.putInt((0x300 - 0x1010) & 0x7fff_ffff).putInt(1);
        ByteBuffer table = ByteBuffer.wrap(tableBytes).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(0x8101_b108).putInt(0x84ad_b0b0);
        ExidxTable exidx =
                new ExidxTable(
                        ByteView.of(indexBytes, ".ARM.exidx"),
                        0x1000,
                        ByteView.of(tableBytes, ".ARM.extab"),
                        0x2000);
        assertThat(exidx.find(0x120)).containsExactly(0x01, 0xaa, 0xb0);
        assertThat(exidx.find(0x2ff)).containsExactly(0xb1, 0x08, 0x84, 0xad, 0xb0, 0xb0);
        assertThat(exidx.find(0x300)).isNull();
        assertThat(exidx.find(0x80)).isNull();
    }

    @Test
    void a_windowed_call_takes_the_caller_from_below_the_stack_pointer() {
        RegisterFile frame = new RegisterFile(XTENSA);
        frame.pc(0x4008_1234L);
        frame.set(0, 0x8000_5678L);
        frame.set(1, STACK + 0x80);
        RegisterFile caller = new RegisterFile(XTENSA);
        assertThat(WindowedXtensa.undo(frame, counting(XTENSA), caller)).isTrue();
        assertThat(caller.pc()).isEqualTo(0x4000_5678L);
        // The four words below 0x80 are words 0x1c to 0x1f.
        assertThat(caller.get(0)).isEqualTo(0x11c);
        assertThat(caller.get(1)).isEqualTo(0x11d);
        assertThat(caller.get(3)).isEqualTo(0x11f);
    }
}
