package dev.chipray.symbols;

import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What can be done with a firmware as it is, and what would make more possible; one sentence each; immutable.
public record FirmwareAbilities(List<String> possible, List<String> missing) {
    private static final Set<ElfMachine> UNWOUND =
            Set.of(ElfMachine.ARM, ElfMachine.RISCV, ElfMachine.X86_64, ElfMachine.XTENSA);

    /// Judges a firmware.
    ///
    /// @param interpreter whether an interpreter was recognised
    public static FirmwareAbilities of(
            Symbolizer symbolizer, DebugQuality quality, boolean interpreter) {
        ElfFile elf = symbolizer.elf();
        List<String> possible = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        boolean functions = DebugQuality.hasFunctions(elf);
        boolean lines = quality.describedBytes() > 0 && elf.contents(".debug_line").isPresent();
        if (lines) {
            possible.add("symbolize: functions, lines and inlined calls of addresses");
        } else if (functions) {
            possible.add("symbolize: functions of addresses, without lines");
        }
        if (functions) {
            possible.add("sizes of functions and variables, by section");
        }
        if (quality.units() > 0 && !quality.split()) {
            possible.add(
                    "types: layouts of structures, and a profile of them for firmware without debug"
                            + " information");
            if (interpreter) {
                possible.add(
                        "heap, object, path, retained: the interpreter's heap from a dump, a core"
                                + " or a live target");
            }
        }
        if (!quality.callFrames().isEmpty() && UNWOUND.contains(elf.header().machine())) {
            possible.add("stacks of C functions from a live target or a core");
        }
        symbolizer.dwarf().split().ifPresent(split -> missing.add(split.message()));
        if (quality.units() == 0) {
            missing.add(
                    "debug information: build with -g (MicroPython: make DEBUG=1, or keep the"
                            + " unstripped ELF)");
        } else if (!lines) {
            missing.add("line numbers: the units have no line table");
        } else if (quality.describedBytes() < quality.functionBytes() * 9 / 10) {
            missing.add(
                    "debug information for %d of %d bytes of functions, most likely libraries built without -g"
                            .formatted(
                                    quality.functionBytes() - quality.describedBytes(),
                                    quality.functionBytes()));
        }
        if (!functions) {
            missing.add("a symbol table: the file is stripped");
        }
        if (quality.callFrames().isEmpty()) {
            missing.add("call frame information: stacks can only be guessed");
        }
        if (!quality.locations() && quality.units() > 0) {
            missing.add(
                    "locations of variables in registers, as code without optimisation has none");
        }
        if (!interpreter) {
            missing.add("an interpreter that Chipray knows: only C code can be shown");
        }
        return new FirmwareAbilities(List.copyOf(possible), List.copyOf(missing));
    }
}
