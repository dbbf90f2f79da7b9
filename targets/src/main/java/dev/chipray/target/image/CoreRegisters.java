package dev.chipray.target.image;

import dev.chipray.bytes.ByteView;
import dev.chipray.elf.ElfMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The general registers in the order in which Linux writes them for a processor (`struct user_regs_struct`,
/// `elf_gregset_t`).
///
/// @param names in that order; empty for a word that is no register
/// @param stackPointer which of them is the stack pointer
record CoreRegisters(List<String> names, String stackPointer) {
    private static final CoreRegisters X86_64 =
            new CoreRegisters(
                    List.of(
                            "r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8",
                            "rax", "rcx", "rdx", "rsi", "rdi", "", "rip", "", "", "rsp"),
                    "rsp");
    private static final CoreRegisters I386 =
            new CoreRegisters(
                    List.of(
                            "ebx", "ecx", "edx", "esi", "edi", "ebp", "eax", "", "", "", "", "",
                            "eip", "", "", "esp"),
                    "esp");
    private static final CoreRegisters ARM =
            new CoreRegisters(
                    List.of(
                            "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10",
                            "r11", "r12", "sp", "lr", "pc"),
                    "sp");
    private static final CoreRegisters AARCH64 = new CoreRegisters(numbered("x", 31, "sp"), "sp");
    private static final CoreRegisters RISCV =
            new CoreRegisters(
                    List.of(
                            "pc", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1",
                            "a2", "a3", "a4", "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7",
                            "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"),
                    "sp");

    private static List<String> numbered(String letter, int count, String last) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(letter + i);
        }
        names.add(last);
        return names;
    }

    static Optional<CoreRegisters> of(ElfMachine machine, int wordSize) {
        if (machine.equals(ElfMachine.X86_64) && wordSize == 8) {
            return Optional.of(X86_64);
        }
        if (machine.equals(ElfMachine.I386)) {
            return Optional.of(I386);
        }
        if (machine.equals(ElfMachine.ARM)) {
            return Optional.of(ARM);
        }
        if (machine.equals(ElfMachine.AARCH64)) {
            return Optional.of(AARCH64);
        }
        return machine.equals(ElfMachine.RISCV) ? Optional.of(RISCV) : Optional.empty();
    }

    /// Reads `struct elf_prstatus`: signal information, the thread's number, four times, then the registers.
    ImageThread read(ByteView status, int word) {
        long id = status.u32(word == 8 ? 32 : 24);
        long at = word == 8 ? 112 : 72;
        Map<String, Long> registers = new HashMap<>();
        for (String name : names) {
            if (!name.isEmpty()) {
                registers.put(name, status.unsigned(at, word));
            }
            at += word;
        }
        return new ImageThread(id, registers, registers.getOrDefault(stackPointer, 0L));
    }
}
