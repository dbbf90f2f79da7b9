package dev.chipray.testkit;

import java.nio.ByteOrder;

/// A build of MicroPython as a test wants it.
///
/// @param wordSize bytes in a pointer
/// @param order byte order
/// @param seed decides where members of structures lie
/// @param representation `A`, `A_OLD`, `B`, `B_OLD`, `C`, `C_OLD` or `D`
/// @param blockSize bytes in a block
/// @param areas how many areas the heap has; with 1 the fields of the area are those of the memory manager, as until 1.19
/// @param qstrs `inline11`, `inline21`, `inline22` (bytes of hash and length), `arrays` or `pairs`
/// @param bytecode `plain`, `plain16`, `packed`, `packed16` (names in 16 bits) or `tables`
public record MicroPythonOptions(
        int wordSize,
        ByteOrder order,
        long seed,
        String representation,
        int blockSize,
        int areas,
        String qstrs,
        String bytecode) {

    /// MicroPython 1.9 on a small 32-bit board.
    public static MicroPythonOptions old() {
        return new MicroPythonOptions(
                4, ByteOrder.LITTLE_ENDIAN, 1, "A_OLD", 16, 1, "inline11", "plain");
    }

    /// MicroPython of today on a 32-bit board.
    public static MicroPythonOptions today() {
        return new MicroPythonOptions(
                4, ByteOrder.LITTLE_ENDIAN, 2, "A", 16, 2, "arrays", "tables");
    }

    /// The same with another representation and word size.
    public MicroPythonOptions represented(String other, int words) {
        return new MicroPythonOptions(words, order, seed, other, 4 * words, areas, qstrs, bytecode);
    }

    /// The same with another encoding of strings.
    public MicroPythonOptions withQstrs(String other) {
        return new MicroPythonOptions(
                wordSize, order, seed, representation, blockSize, areas, other, bytecode);
    }

    /// The same with another encoding of bytecode.
    public MicroPythonOptions withBytecode(String other) {
        return new MicroPythonOptions(
                wordSize, order, seed, representation, blockSize, areas, qstrs, other);
    }

    /// The same with another seed and byte order.
    public MicroPythonOptions with(long otherSeed, ByteOrder otherOrder) {
        return new MicroPythonOptions(
                wordSize, otherOrder, otherSeed, representation, blockSize, areas, qstrs, bytecode);
    }

    /// The same with more areas.
    public MicroPythonOptions withAreas(int count) {
        return new MicroPythonOptions(
                wordSize, order, seed, representation, blockSize, count, qstrs, bytecode);
    }
}
