package dev.chipray.ctype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.location.Location;
import dev.chipray.dwarf.location.Outcome;
import dev.chipray.dwarf.location.RecoveredValue;
import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.Gdb;
import dev.chipray.testkit.GdbServer;
import dev.chipray.testkit.Qemu;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares the variables in scope, and their values, with gdb's at stops of real programs.
class LocalVariablesTest {
    private static final String FUNCTIONS =
            "walk,evaluate,checksum,run_bytecode,sort_numbers,trace_of,make_tree,arena_take,sum_of_copies";
    private static final String X86 =
            "rax,rdx,rcx,rbx,rsi,rdi,rbp,rsp,r8,r9,r10,r11,r12,r13,r14,r15,rip";
    private static final String ARM = numbered("r", 13) + ",sp,lr,pc";
    private static final String RISCV = numbered("x", 32);

    private static String numbered(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).collect(Collectors.joining(","));
    }

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host-O0-dwarf2",
                "host-O2-dwarf4",
                "host-O2-dwarf5",
                "host-Os-lto",
                "host-clang-O2",
                "host-O2-no-pie"
            })
    void agreesWithGdbOnTheDesktop(String name) throws IOException {
        Path elf = Firmware.find(name + ".elf");
        try (GdbServer server = GdbServer.start(folder, elf)) {
            compare(elf, server.port(), X86, 7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arm-O0-dwarf3",
                "arm-O2-dwarf5",
                "arm-Os-dwarf4",
                "arm-O2-lto",
                "arm-clang-O2-dwarf4"
            })
    void agreesWithGdbOnCortexM(String name) throws IOException {
        Path elf = Firmware.find(name + ".elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", elf).halted().start()) {
            compare(elf, qemu.gdbPort(), ARM, 13);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"riscv-O2-dwarf5", "riscv-Os-dwarf2", "riscv-clang-O2"})
    void agreesWithGdbOnRiscv(String name) throws IOException {
        Path elf = Firmware.find(name + ".elf");
        try (Qemu qemu = Qemu.riscv32(elf).halted().start()) {
            compare(elf, qemu.gdbPort(), RISCV, 2);
        }
    }

    private void compare(Path file, int port, String registers, int stackRegister)
            throws IOException {
        String output =
                Gdb.python(
                        file,
                        List.of("target remote 127.0.0.1:" + port),
                        script(),
                        List.of("25", FUNCTIONS, registers),
                        60);
        ElfFile elf = ElfFile.open(file);
        long text = elf.section(".text").orElseThrow().address();
        List<RecordedFrames> stops = RecordedFrames.parse(output, text, stackRegister);
        assertThat(stops).hasSizeGreaterThan(15);
        Comparison comparison = new Comparison(DwarfTypes.of(elf));
        stops.forEach(comparison::add);
        System.out.printf(
                "%s: %d variables, %d equal, %d constants known to us only, %d out of scope%n",
                file.getFileName(),
                comparison.total,
                comparison.equal,
                comparison.oursOnly,
                comparison.outOfScope);
        assertThat(comparison.differences.stream().limit(12)).isEmpty();
        assertThat(comparison.total).isGreaterThan(100);
    }

    private static Path script() {
        try {
            return Path.of(
                    Objects.requireNonNull(LocalVariablesTest.class.getResource("variables.py"))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Comparison {
        private final DwarfTypes types;
        private final LocalVariables variables;
        private final List<String> differences = new ArrayList<>();
        private int total;
        private int equal;
        private int oursOnly;
        private int outOfScope;

        Comparison(DwarfTypes types) {
            this.types = types;
            this.variables = new LocalVariables(types);
        }

        void add(RecordedFrames stop) {
            int[] next = new int[64];
            String last = "";
            @Nullable List<LocalVariable> left = null;
            for (RecordedFrames.Seen seen : stop.seen) {
                FrameAccess frame = stop.frame(seen.frame());
                List<Scope> scopes = variables.at(frame.lookupAddress() - frame.loadBias());
                String key = seen.frame() + seen.function() + seen.inlined();
                if (!key.equals(last)) {
                    last = key;
                    int scope = next[seen.frame()];
                    while (scope < scopes.size()
                            && !scopes.get(scope).function().equals(seen.function())) {
                        scope++;
                    }
                    left = null;
                    if (scope < scopes.size()) {
                        next[seen.frame()] = scope + 1;
                        left = new ArrayList<>(scopes.get(scope).variables());
                    }
                }
                total++;
                if (left == null && seen.inlined()) {
                    // gdb takes a block with gaps in its code for one without, and shows a function
                    // that is not there.
                    outOfScope++;
                    continue;
                }
                LocalVariable found =
                        left == null
                                ? null
                                : left.stream()
                                        .filter(variable -> variable.name().equals(seen.name()))
                                        .findFirst()
                                        .orElse(null);
                if (found == null && seen.value().equals("gone")) {
                    // gdb takes a block with holes in its code for one without, and lists what is
                    // out of scope.
                    outOfScope++;
                } else if (found == null) {
                    differences.add("not in scope: " + seen);
                } else {
                    Objects.requireNonNull(left).remove(found);
                    compare(seen, found, frame);
                }
            }
        }

        private void compare(RecordedFrames.Seen seen, LocalVariable variable, FrameAccess frame) {
            assertThat(variable.type().get().size()).isEqualTo(OptionalLong.of(seen.size()));
            RecoveredValue value = variables.read(variable, frame);
            String[] words = seen.value().split(" ", 2);
            switch (words[0]) {
                case "number" -> {
                    String ours =
                            value.isComplete()
                                    ? Long.toHexString(
                                            value.bytes()
                                                    .as(types.target().order(), 4)
                                                    .unsigned(0, seen.size()))
                                    : "";
                    if (ours.equals(words[1])) {
                        equal++;
                    } else if (ours.isEmpty()) {
                        differences.add("gdb only: " + seen + ": " + value.reason());
                    } else {
                        differences.add(seen + " is " + ours);
                    }
                }
                case "place" -> {
                    Outcome outcome = variables.locate(variable, frame);
                    if (outcome.equals(
                            new Outcome.Found(
                                    new Location.InMemory(Long.parseUnsignedLong(words[1], 16))))) {
                        equal++;
                    } else {
                        differences.add(seen + " is at " + outcome);
                    }
                }
                case "gone" -> {
                    boolean constant =
                            types.dwarf().die(variable.entry()).inherited(DwAt.CONST_VALUE) != null;
                    if (value.isComplete() && constant) {
                        // The debug information says what it is; gdb leaves it out in some inlined
                        // functions.
                        oursOnly++;
                    } else if (value.isComplete()) {
                        differences.add("ours only: " + seen + " is " + value.bytes());
                    } else {
                        equal++;
                    }
                }
                default -> equal++;
            }
        }
    }
}
