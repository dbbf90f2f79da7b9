package dev.chipray.benchmarks;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.ElfImage;
import dev.chipray.unwind.Frames;
import dev.chipray.unwind.Unwinder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A stack of 16 Thumb frames, each of a function of its own, unwound by call frame information that was decoded before.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UnwindBenchmark {
    private static final int DEPTH = 16;
    private static final long CODE = 0x1000;
    private static final int FUNCTION = 0x40;
    private static final long STACK = 0x2000_0000L;
    private static final int FRAME = 16;

    private final Unwinder unwinder = Unwinder.of(elf());
    private final Frames frames = new Frames(unwinder.architecture());
    private final byte[] stack = stack();
    private final MemoryReader memory = this::read;
    private final RegisterReader registers = UnwindBenchmark::register;

    /// Decodes the rows once, and makes sure that the whole stack is found.
    @Setup
    public void warm() {
        if (unwind().size() != DEPTH) {
            throw new IllegalStateException("found " + frames.size() + " frames");
        }
    }

    /// The whole stack, into columns that are there already.
    @Benchmark
    public Frames unwind() {
        unwinder.unwind(registers, memory, Unwinder.MOST_FRAMES, frames);
        return frames;
    }

    private static OptionalLong register(int register) {
        return switch (register) {
            case 13 -> OptionalLong.of(STACK);
            case 15 -> OptionalLong.of(CODE + 0x20);
            default -> register < 13 ? OptionalLong.of(register) : OptionalLong.empty();
        };
    }

    private int read(long address, byte[] into, int offset, int length) {
        long at = address - STACK;
        if (at < 0 || at > stack.length - length) {
            return 0;
        }
        System.arraycopy(stack, (int) at, into, offset, length);
        return length;
    }

    private static byte[] stack() {
        byte[] image = new byte[DEPTH * FRAME];
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i <= DEPTH; i++) {
            bytes.putInt(4).putInt(5).putInt(7);
            bytes.putInt(i == DEPTH ? 0 : (int) CODE + i * FUNCTION + 0x21);
        }
        return image;
    }

    private static ElfFile elf() {
        ElfImage image = new ElfImage(ElfImage.ARM);
        image.code(".text", CODE, new byte[DEPTH * FUNCTION]);
        byte[] frames = new byte[16 + DEPTH * 28];
        ByteBuffer table = ByteBuffer.wrap(frames).order(ByteOrder.LITTLE_ENDIAN);
        // Version 3, no augmentation, factors 2 and -4, return address in r14, frame address r13+0.
        table.putInt(12).putInt(-1).put(new byte[] {3, 0, 2, 0x7c, 14, 0x0c, 13, 0});
        for (int i = 0; i < DEPTH; i++) {
            table.putInt(24).putInt(0).putInt((int) CODE + i * FUNCTION).putInt(FUNCTION);
            // After the push: frame address 16 further, r4, r5, r7 and r14 below it.
            table.put(new byte[] {0x41, 0x0e, 16, (byte) 0x84, 4, (byte) 0x85, 3, (byte) 0x87, 2});
            table.put(new byte[] {(byte) 0x8e, 1, 0});
            image.function("f" + i, CODE + (long) i * FUNCTION, FUNCTION);
        }
        image.section(".debug_frame", frames);
        return ElfFile.of(ByteView.of(image.build(), "benchmark"));
    }
}
