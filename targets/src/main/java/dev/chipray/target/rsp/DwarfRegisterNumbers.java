package dev.chipray.target.rsp;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The numbers that the architectures' ABIs give to registers in debug information, by the names that stubs use.
///
/// From the DWARF supplements of the ABIs of Arm (32 and 64 bit), RISC-V, x86-64, i386 and Xtensa.
final class DwarfRegisterNumbers {

    private static final Map<String, Map<String, Integer>> TABLES =
            Map.of(
                    "arm", arm(),
                    "aarch64", aarch64(),
                    "riscv", riscv(),
                    "x86-64", amd64(),
                    "i386", numbered("eax ecx edx ebx esp ebp esi edi eip eflags", 0),
                    "xtensa", range(new HashMap<>(), "a", 16, 0));

    private DwarfRegisterNumbers() {}

    /// The number, or -1 where the ABI has none.
    static int of(String architecture, String register) {
        return TABLES.getOrDefault(family(architecture), Map.of())
                .getOrDefault(register.toLowerCase(Locale.ROOT), -1);
    }

    /// `armv7e-m` is `arm`, `riscv:rv32` is `riscv`, `i386:x86-64` is `x86-64`.
    static String family(String architecture) {
        String name = architecture.toLowerCase(Locale.ROOT);
        if (name.contains("x86-64") || name.contains("x86_64")) {
            return "x86-64";
        }
        for (String family : List.of("aarch64", "arm", "riscv", "xtensa", "i386")) {
            if (name.startsWith(family)) {
                return family;
            }
        }
        return name;
    }

    private static Map<String, Integer> numbered(String names, int first) {
        Map<String, Integer> numbers = new HashMap<>();
        int number = first;
        for (String name : names.split(" ", -1)) {
            numbers.put(name, number++);
        }
        return numbers;
    }

    private static Map<String, Integer> range(
            Map<String, Integer> numbers, String prefix, int count, int first) {
        for (int i = 0; i < count; i++) {
            numbers.put(prefix + i, first + i);
        }
        return numbers;
    }

    private static Map<String, Integer> arm() {
        Map<String, Integer> numbers = numbered("sp lr pc", 13);
        range(numbers, "r", 16, 0);
        return range(numbers, "d", 32, 256);
    }

    private static Map<String, Integer> aarch64() {
        Map<String, Integer> numbers = numbered("sp pc", 31);
        range(numbers, "x", 31, 0);
        return range(numbers, "v", 32, 64);
    }

    private static Map<String, Integer> riscv() {
        Map<String, Integer> numbers =
                numbered(
                        "zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7"
                                + " s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6"
                                + " ft0 ft1 ft2 ft3 ft4 ft5 ft6 ft7 fs0 fs1"
                                + " fa0 fa1 fa2 fa3 fa4 fa5 fa6 fa7"
                                + " fs2 fs3 fs4 fs5 fs6 fs7 fs8 fs9 fs10 fs11 ft8 ft9 ft10 ft11",
                        0);
        numbers.put("fp", 8);
        range(numbers, "x", 32, 0);
        return range(numbers, "f", 32, 32);
    }

    private static Map<String, Integer> amd64() {
        Map<String, Integer> numbers =
                numbered("rax rdx rcx rbx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip", 0);
        numbers.put("eflags", 49);
        return range(numbers, "xmm", 16, 17);
    }
}
