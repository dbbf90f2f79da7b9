package dev.chipray.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.LocalVariable;
import dev.chipray.ctype.LocalVariables;
import dev.chipray.ctype.Scope;
import dev.chipray.dwarf.location.RecoveredValue;
import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Firmware;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parameters of a function that was entered by a jump at the end of another one keep, at each of its instructions, the value
/// that they have in registers at the first one.
///
/// On 64-bit targets compilers describe the 32-bit `seed` by 64-bit arithmetic, whose result is another one, in gdb too;
/// only the pointer is right there.
class TailCallsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "host-O2-dwarf5",
                "host-O2-dwarf4",
                "arm-O2-dwarf5",
                "arm-Os-dwarf2",
                "riscv-O2-dwarf5"
            })
    void parameters_are_known_through_the_caller_of_the_function_that_is_gone(String name)
            throws IOException {
        List<RecordedStops.Stop> stops = RecordedStops.eachInstruction(name, "*make_leaf", 25);
        ElfFile elf = ElfFile.open(Firmware.find(name + ".elf"));
        long bias = StackComparison.bias(elf, stops);
        Unwinder unwinder = Unwinder.of(List.of(new LoadedElf(elf, bias)));
        LocalVariables variables = new LocalVariables(DwarfTypes.of(elf));
        List<String> seen = new ArrayList<>();
        for (RecordedStops.Stop stop : stops) {
            MemoryReader memory = stop.memory(elf, bias);
            Frames frames = unwinder.unwind(stop.registers(unwinder.architecture()), memory);
            for (int level = 0; level < 2; level++) {
                UnwoundFrame frame = new UnwoundFrame(frames, level, memory, bias);
                Scope scope = variables.at(frame.lookupAddress() - bias).getLast();
                if (scope.function().equals("make_leaf")) {
                    boolean narrow = unwinder.architecture().wordSize() == 4;
                    seen.add(
                            value(variables, scope, "from", frame)
                                    + (narrow ? value(variables, scope, "seed", frame) : ""));
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(15);
        assertThat(seen.stream().distinct()).hasSize(1);
        assertThat(seen.getFirst()).doesNotContain("unknown");
    }

    private static String value(
            LocalVariables variables, Scope scope, String name, UnwoundFrame frame) {
        LocalVariable variable =
                scope.variables().stream()
                        .filter(v -> v.name().equals(name))
                        .findFirst()
                        .orElse(null);
        RecoveredValue value = variables.read(Objects.requireNonNull(variable), frame);
        return value.isComplete()
                ? Long.toHexString(value.bytes().unsigned(0, (int) value.bytes().size()))
                : "unknown: " + value.reason();
    }
}
