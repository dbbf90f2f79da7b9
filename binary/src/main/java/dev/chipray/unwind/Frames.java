package dev.chipray.unwind;

import dev.chipray.bytes.RegisterReader;
import dev.chipray.unwind.internal.RegisterFile;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// The frames of one stack, the innermost first, in columns; filled by an [Unwinder] and then only read. It may be filled
/// again, which makes no garbage once it has its size; for one thread at a time.
public final class Frames {
    private static final int FIRST_CAPACITY = 32;
    private static final UnwindMethod[] METHODS = UnwindMethod.values();

    private final Architecture architecture;
    private final int slots;
    private int size;
    private long[] programCounters = new long[FIRST_CAPACITY];
    private long[] frameAddresses = new long[FIRST_CAPACITY];
    private byte[] methods = new byte[FIRST_CAPACITY];
    private byte[] flags = new byte[FIRST_CAPACITY];
    private long[] known = new long[FIRST_CAPACITY];
    private long[] registers;
    private UnwindEnd end = UnwindEnd.OUTERMOST;

    private static final byte EXACT = 1;
    private static final byte HAS_FRAME_ADDRESS = 2;

    /// No frames of a target of this architecture.
    public Frames(Architecture architecture) {
        this.architecture = architecture;
        this.slots = architecture.slots();
        this.registers = new long[FIRST_CAPACITY * slots];
    }

    /// The number of frames.
    public int size() {
        return size;
    }

    /// Why there are no more.
    public UnwindEnd end() {
        return end;
    }

    /// The next instruction of a frame: after the call, or the one that was interrupted.
    public long programCounter(int frame) {
        return programCounters[check(frame)];
    }

    /// An address within the instruction that a frame is at, to look up its function and line.
    public long lookupAddress(int frame) {
        return isExact(frame) ? programCounters[frame] : programCounters[frame] - 1;
    }

    /// Whether a frame was interrupted at its program counter, not in a call before it.
    public boolean isExact(int frame) {
        return (flags[check(frame)] & EXACT) != 0;
    }

    /// The canonical frame address: the stack pointer of the caller at its call.
    public OptionalLong canonicalFrameAddress(int frame) {
        return (flags[check(frame)] & HAS_FRAME_ADDRESS) != 0
                ? OptionalLong.of(frameAddresses[frame])
                : OptionalLong.empty();
    }

    /// How a frame was found.
    public UnwindMethod method(int frame) {
        return METHODS[methods[check(frame)]];
    }

    /// The registers of a frame as far as they are known, a copy.
    public RegisterReader registers(int frame) {
        RegisterFile copy = new RegisterFile(architecture);
        long mask = known[check(frame)];
        for (int slot = 0; slot < slots; slot++) {
            if ((mask >>> slot & 1) != 0) {
                copy.set(slot, registers[frame * slots + slot]);
            }
        }
        copy.pc(programCounters[frame]);
        return copy;
    }

    /// One frame.
    public Frame get(int frame) {
        return new Frame(
                frame,
                programCounter(frame),
                lookupAddress(frame),
                canonicalFrameAddress(frame),
                method(frame),
                registers(frame));
    }

    /// All frames, a view.
    public List<Frame> list() {
        return new AbstractList<>() {
            @Override
            public Frame get(int index) {
                return Frames.this.get(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /// A frame.
    ///
    /// @param level 0 for the innermost one
    /// @param programCounter the next instruction
    /// @param lookupAddress an address within the instruction that the frame is at
    /// @param canonicalFrameAddress the stack pointer of the caller at its call, when it is known
    /// @param method how it was found
    /// @param registers what is known of its registers
    public record Frame(
            int level,
            long programCounter,
            long lookupAddress,
            OptionalLong canonicalFrameAddress,
            UnwindMethod method,
            RegisterReader registers) {}

    private int check(int frame) {
        if (frame < 0 || frame >= size) {
            throw new IndexOutOfBoundsException(frame);
        }
        return frame;
    }

    void clear() {
        size = 0;
    }

    void end(UnwindEnd reason) {
        end = reason;
    }

    void add(RegisterFile frame, UnwindMethod method, boolean exact) {
        if (size == programCounters.length) {
            int larger = size * 2;
            programCounters = Arrays.copyOf(programCounters, larger);
            frameAddresses = Arrays.copyOf(frameAddresses, larger);
            methods = Arrays.copyOf(methods, larger);
            flags = Arrays.copyOf(flags, larger);
            known = Arrays.copyOf(known, larger);
            registers = Arrays.copyOf(registers, larger * slots);
        }
        programCounters[size] = frame.pc();
        methods[size] = (byte) method.ordinal();
        flags[size] = exact ? EXACT : 0;
        known[size] = frame.copyTo(registers, size * slots);
        size++;
    }

    void frameAddress(int frame, long address) {
        frameAddresses[frame] = address;
        flags[frame] |= HAS_FRAME_ADDRESS;
    }
}
