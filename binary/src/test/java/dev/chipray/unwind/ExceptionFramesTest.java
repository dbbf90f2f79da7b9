package dev.chipray.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.bytes.RegisterReader;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.Gdb;
import dev.chipray.testkit.Qemu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Frames across exceptions, in programs of ours that store what a debugger cannot read.
class ExceptionFramesTest {
    private static final Pattern REGISTER = Pattern.compile("^@(\\w+)=([0-9a-f]+)$");
    private static final Pattern WORDS =
            Pattern.compile("^(0x[0-9a-f]+)[^:]*:((?:\\s+0x[0-9a-f]{8})+)$");

    /// A halted board as a test sees it.
    private record Halt(Map<String, Long> numbers, Map<Long, Integer> words) {
        int read(long address, byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
                Integer word = words.get((address + i) & ~3L);
                if (word == null) {
                    return i;
                }
                into[offset + i] = (byte) (word >>> (8 * ((address + i) & 3)));
            }
            return length;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "arm-Os-tasks, mps2-an385, 1, on_main_stack",
        "arm-O0-tasks, mps2-an385, 1, on_main_stack",
        "arm-Os-tasks, mps2-an385, 3, task_step",
        "arm-O0-tasks, mps2-an385, 3, task_step",
        "arm-m4f-tasks, netduinoplus2, 3, task_step"
    })
    void a_handler_leads_to_the_code_it_interrupted(
            String name, String machine, int hit, String expected) throws IOException {
        Path file = Firmware.find(name + ".elf");
        ElfFile elf = ElfFile.open(file);
        Halt halt;
        long printed;
        try (Qemu qemu = Qemu.arm(machine, file).halted().start()) {
            halt = halt(file, qemu.gdbPort(), "inner_handler", hit, 13, List.of("psp_at_entry"));
            printed = printedStackPointer(qemu.output(), hit);
        }
        assertThat(halt.numbers).containsEntry("psp_at_entry", printed);
        RegisterReader registers =
                register ->
                        register == Architecture.ARM_PSP
                                ? OptionalLong.of(printed)
                                : value(halt, register < 16 ? "r" + register : "none");
        Frames frames = Unwinder.of(elf).unwind(registers, halt::read);
        List<String> functions = functions(elf, frames);
        assertThat(functions).startsWith("inner_handler", "handle_call");
        int interrupted = functions.indexOf("call_supervisor");
        if (interrupted >= 0) {
            assertThat(frames.method(interrupted)).isEqualTo(UnwindMethod.EXCEPTION);
            if (hit > 1) {
                // What the processor pushed lies between what the firmware printed and the frame.
                long above = frames.registers(interrupted).read(13).orElseThrow() - printed;
                assertThat(above).isIn(32L, 36L, 104L, 108L);
            }
            assertThat(functions.get(interrupted + 1)).isEqualTo(expected);
        } else {
            assertThat(functions).contains(expected);
        }
        assertThat(functions).contains(hit == 1 ? "main" : "task");
    }

    @Test
    void without_the_process_stack_pointer_the_unwind_says_so() throws IOException {
        Path file = Firmware.find("arm-Os-tasks.elf");
        Halt halt;
        try (Qemu qemu = Qemu.arm("mps2-an385", file).halted().start()) {
            halt = halt(file, qemu.gdbPort(), "inner_handler", 3, 13, List.of());
        }
        RegisterReader registers = register -> value(halt, register < 16 ? "r" + register : "none");
        Frames frames = Unwinder.of(ElfFile.open(file)).unwind(registers, halt::read);
        assertThat(frames.end()).isEqualTo(UnwindEnd.NO_PROCESS_STACK_POINTER);
        assertThat(functions(ElfFile.open(file), frames))
                .startsWith("inner_handler", "handle_call");
    }

    @ParameterizedTest
    @CsvSource({"riscv-Os-trap", "riscv-O0-trap"})
    void a_trap_leads_to_the_code_it_interrupted(String name) throws IOException {
        Path file = Firmware.find(name + ".elf");
        ElfFile elf = ElfFile.open(file);
        Halt halt;
        try (Qemu qemu = Qemu.riscv32(file).halted().start()) {
            halt = halt(file, qemu.gdbPort(), "count_trap", 2, 2, List.of("mepc_at_entry"));
        }
        RegisterReader registers =
                register ->
                        switch (register) {
                            case Architecture.RISCV_MEPC -> value(halt, "mepc_at_entry");
                            case 4096 + 0x7b1 -> value(halt, "pc");
                            default -> value(halt, register < 32 ? "r" + register : "none");
                        };
        Frames frames = Unwinder.of(elf).unwind(registers, halt::read);
        List<String> functions = functions(elf, frames);
        assertThat(functions).startsWith("count_trap", "handle_trap", "trap_entry");
        assertThat(frames.method(3)).isEqualTo(UnwindMethod.EXCEPTION);
        assertThat(frames.programCounter(3)).isEqualTo(halt.numbers.get("mepc_at_entry"));
        assertThat(functions).contains("main", "start_c");
    }

    /// The process stack pointer that the firmware printed when it was interrupted the given time.
    private static long printedStackPointer(String output, int hit) {
        List<String> lines = output.lines().filter(line -> line.startsWith("psp ")).toList();
        // It runs on when gdb lets go of it.
        assertThat(lines).hasSizeGreaterThanOrEqualTo(hit);
        return Long.parseLong(lines.get(hit - 1).substring(4));
    }

    private static OptionalLong value(Halt halt, String name) {
        Long value = halt.numbers.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static List<String> functions(ElfFile elf, Frames frames) {
        List<String> names = new ArrayList<>();
        for (Frames.Frame frame : frames.list()) {
            names.add(
                    elf.symbols().stream()
                            .filter(ElfSymbol::isFunction)
                            .filter(s -> frame.lookupAddress() - s.address() >= 0)
                            .filter(s -> frame.lookupAddress() - s.address() < s.size())
                            .map(ElfSymbol::name)
                            .findFirst()
                            .orElse("?"));
        }
        return names;
    }

    /// Stops at the given hit of a function, and reads registers, variables and 1 KiB of every stack there is.
    private static Halt halt(
            Path file, int port, String function, int hit, int stack, List<String> variables) {
        List<String> commands = new ArrayList<>();
        commands.add("target remote 127.0.0.1:" + port);
        commands.add("break *" + function);
        commands.add("ignore 1 " + (hit - 1));
        commands.add("continue");
        boolean arm = stack == 13;
        for (int i = 0; i < (arm ? 16 : 32); i++) {
            String name = !arm ? "x" + i : i < 13 ? "r" + i : List.of("sp", "lr", "pc").get(i - 13);
            commands.add("printf \"@r%d=%%x\\n\", (unsigned) $%s".formatted(i, name));
        }
        commands.add("printf \"@pc=%x\\n\", (unsigned) $pc");
        for (String variable : variables) {
            commands.add("printf \"@%s=%%x\\n\", %s".formatted(variable, variable));
        }
        commands.add("x/128xw $sp");
        if (arm) {
            commands.add("x/256xw task_stack");
        }
        Map<String, Long> numbers = new TreeMap<>();
        Map<Long, Integer> words = new TreeMap<>();
        for (String line : (Iterable<String>) Gdb.run(file, commands, 60).lines()::iterator) {
            Matcher register = REGISTER.matcher(line);
            Matcher memory = WORDS.matcher(line);
            if (register.matches()) {
                numbers.put(register.group(1), Long.parseUnsignedLong(register.group(2), 16));
            } else if (memory.matches()) {
                long at = Long.decode(memory.group(1));
                for (String word : memory.group(2).trim().split("\\s+", -1)) {
                    words.put(at, (int) (long) Long.decode(word));
                    at += 4;
                }
            }
        }
        return new Halt(numbers, words);
    }
}
