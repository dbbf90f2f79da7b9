package dev.chipray.bytes;

import java.util.OptionalLong;

/// Reads registers by their DWARF number; a register that is not known is an answer, not an error.
@FunctionalInterface
public interface RegisterReader {
    /// The value of a register, zero-extended to 64 bits; empty when it is not known.
    OptionalLong read(int dwarfRegister);

    /// No register is known.
    static RegisterReader empty() {
        return dwarfRegister -> OptionalLong.empty();
    }
}
