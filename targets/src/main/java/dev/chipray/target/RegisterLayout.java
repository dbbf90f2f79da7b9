package dev.chipray.target;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The registers of a target in the order in which it sends them, with their names and DWARF numbers; immutable.
public final class RegisterLayout {

    /// @param name   as the target names it
    /// @param bits   its width
    /// @param number the target's own number for it
    /// @param offset where its bytes are in a block of all registers
    /// @param dwarf  its number in debug information, or -1
    public record Register(String name, int bits, int number, int offset, int dwarf) {

        /// Bytes it takes in a block of all registers.
        public int size() {
            return (bits + 7) / 8;
        }
    }

    private final String architecture;
    private final List<Register> registers;
    private final Map<String, Register> byName = new HashMap<>();
    private final Map<Integer, Register> byDwarf = new HashMap<>();
    private final int size;

    /// @param architecture as the target names it: `arm`, `riscv:rv32`, `i386:x86-64`; may be empty
    public RegisterLayout(String architecture, List<Register> registers) {
        this.architecture = architecture;
        this.registers = List.copyOf(registers);
        int end = 0;
        for (Register register : registers) {
            byName.putIfAbsent(register.name(), register);
            if (register.dwarf() >= 0) {
                byDwarf.putIfAbsent(register.dwarf(), register);
            }
            end = Math.max(end, register.offset() + register.size());
        }
        size = end;
    }

    public String architecture() {
        return architecture;
    }

    public List<Register> registers() {
        return registers;
    }

    /// Bytes of a block of all registers.
    public int size() {
        return size;
    }

    /// The register with that name, or null.
    public @Nullable Register named(String name) {
        return byName.get(name);
    }

    /// The register with that DWARF number, or null.
    public @Nullable Register dwarf(int number) {
        return byDwarf.get(number);
    }

    /// The program counter, or null: its name differs between architectures, and on RISC-V it has no DWARF number.
    public @Nullable Register programCounter() {
        return firstOf("pc", "rip", "eip");
    }

    /// The stack pointer, or null.
    public @Nullable Register stackPointer() {
        Register usual = firstOf("sp", "rsp", "esp");
        return usual == null && architecture.startsWith("xtensa") ? byName.get("a1") : usual;
    }

    private @Nullable Register firstOf(String... names) {
        for (String name : names) {
            Register register = byName.get(name);
            if (register != null) {
                return register;
            }
        }
        return null;
    }
}
