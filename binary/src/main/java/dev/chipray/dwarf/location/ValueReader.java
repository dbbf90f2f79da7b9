package dev.chipray.dwarf.location;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.dwarf.location.internal.BitAssembler;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/// Reads the bytes behind a location: from memory, registers and constants, whole or in pieces.
///
/// What cannot be read is unknown in the result, never an error. As safe for threads as the two readers are.
///
/// @param memory the target's memory
/// @param registers the frame's registers
/// @param order the target's byte order
public record ValueReader(MemoryReader memory, RegisterReader registers, ByteOrder order) {
    /// The largest object that is read; far more than a stack frame of these targets holds.
    private static final int LARGEST = 1 << 20;

    /// The value of an object of `size` bytes; of an object larger than 1 MiB nothing is read.
    public RecoveredValue read(Location location, long size) {
        if (size < 0 || size > LARGEST) {
            ByteView nothing = ByteView.of(new byte[0], "value").as(order, 4);
            return new RecoveredValue(
                    nothing, nothing, "a value of " + size + " bytes is not read");
        }
        BitAssembler assembler = new BitAssembler((int) size, order);
        if (location instanceof Location.Composite(var pieces)) {
            for (Location.Piece piece : pieces) {
                copy(piece.location(), piece.bitOffset(), piece.bitSize(), assembler);
            }
        } else {
            copy(location, 0, size * 8, assembler);
        }
        return assembler.value();
    }

    private void copy(Location location, long bitOffset, long bitSize, BitAssembler assembler) {
        int count = (int) Math.min(bitSize, assembler.remaining());
        switch (location) {
            case Location.InMemory(long address) ->
                    copyMemory(address, bitOffset, count, assembler);
            case Location.InRegister(int register) ->
                    copyRegister(register, bitOffset, count, assembler);
            case Location.Value(long bits, int size) ->
                    copyNumber(bits, size, bitOffset, count, assembler);
            case Location.Bytes(ByteView bytes) -> copyBytes(bytes, bitOffset, count, assembler);
            case Location.ImplicitPointer _ ->
                    assembler.unknown(count, "it points to an object without an address");
            case Location.OptimizedOut() -> assembler.unknown(count, "optimized out");
            case Location.Composite _ -> assembler.unknown(count, "a piece made of pieces");
        }
    }

    private void copyMemory(long address, long bitOffset, int count, BitAssembler assembler) {
        long start = address + bitOffset / 8;
        int within = (int) (bitOffset % 8);
        byte[] bytes = new byte[(within + count + 7) / 8];
        int there = Math.clamp(memory.read(start, bytes, 0, bytes.length), 0, bytes.length);
        int readable = Math.clamp(8L * there - within, 0, count);
        assembler.append(bytes, within, readable);
        assembler.unknown(count - readable, "memory at 0x%x is not known".formatted(start + there));
    }

    private void copyRegister(int register, long bitOffset, int count, BitAssembler assembler) {
        OptionalLong value = registers.read(register);
        if (value.isEmpty()) {
            assembler.unknown(count, "register " + register + " is not known");
        } else {
            int there = Math.clamp(64 - bitOffset, 0, count);
            copyNumber(value.getAsLong(), 8, bitOffset, there, assembler);
            assembler.unknown(count - there, "register " + register + " is wider than 64 bits");
        }
    }

    private void copyNumber(
            long bits, int size, long bitOffset, int count, BitAssembler assembler) {
        int there = Math.clamp(8L * size - bitOffset, 0, count);
        assembler.appendNumber(there == 0 ? 0 : bits >>> bitOffset, there);
        assembler.unknown(count - there, "the value has only " + size + " bytes");
    }

    private void copyBytes(ByteView bytes, long bitOffset, int count, BitAssembler assembler) {
        int there = Math.clamp(8 * bytes.size() - bitOffset, 0, count);
        if (there > 0) {
            long start = bitOffset / 8;
            int within = (int) (bitOffset % 8);
            assembler.append(bytes.bytes(start, (within + there + 7) / 8), within, there);
        }
        assembler.unknown(count - there, "the value has only " + bytes.size() + " bytes");
    }
}
