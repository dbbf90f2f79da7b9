package dev.chipray.unwind;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.Gdb;
import dev.chipray.testkit.GdbServer;
import dev.chipray.testkit.Qemu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What gdb saw at random stops of a test program: registers, stack, frames and variables.
final class RecordedStops {
    /// The most instructions between two stops.
    private static final int MOST_STEPS = 40;

    private RecordedStops() {}

    /// A variable as gdb sees it.
    ///
    /// @param kind "value", "address", "error" or "nothing"
    record Variable(String name, int line, int size, String kind, String text) {}

    /// A frame as gdb sees it.
    record Frame(
            String type,
            long pc,
            long stackPointer,
            String function,
            String file,
            int line,
            List<Variable> variables) {
        boolean isPhysical() {
            return type.equals("normal");
        }
    }

    /// One stop.
    record Stop(Map<Integer, Long> values, long stackAddress, ByteView stack, List<Frame> frames) {
        /// Registers, zero-extended.
        RegisterReader registers(Architecture architecture) {
            return register -> {
                Long value = values.get(register);
                boolean wide = register >= 256 && register < 288;
                return value == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(wide ? value : value & architecture.mask());
            };
        }

        /// The stack, and under it what the file holds.
        MemoryReader memory(ElfFile elf, long bias) {
            MemoryReader file = elf.memory();
            return (address, into, offset, length) -> {
                long at = address - stackAddress;
                if (at >= 0 && at < stack.size()) {
                    int count = (int) Math.min(length, stack.size() - at);
                    stack.copy(at, into, offset, count);
                    return count;
                }
                return file.read(address - bias, into, offset, length);
            };
        }
    }

    /// Runs a Cortex-M program on a board and stops it.
    static List<Stop> arm(String name, String machine, String from, int count, int seed)
            throws IOException {
        Path elf = Firmware.find(name + ".elf");
        try (Qemu qemu = Qemu.arm(machine, elf).halted().start()) {
            return record(elf, qemu.gdbPort(), from, count, seed, MOST_STEPS);
        }
    }

    /// Runs a RISC-V program on QEMU's board and stops it.
    static List<Stop> riscv(String name, String from, int count, int seed) throws IOException {
        Path elf = Firmware.find(name + ".elf");
        Qemu.Builder board = name.startsWith("riscv64") ? Qemu.riscv64(elf) : Qemu.riscv32(elf);
        try (Qemu qemu = board.halted().start()) {
            return record(elf, qemu.gdbPort(), from, count, seed, MOST_STEPS);
        }
    }

    /// Runs a desktop program and stops it.
    static List<Stop> host(String name, String from, int count, int seed) throws IOException {
        Path elf = Firmware.find(name + ".elf");
        try (GdbServer server = GdbServer.start(Path.of("").toAbsolutePath(), elf)) {
            return record(elf, server.port(), from, count, seed, MOST_STEPS);
        }
    }

    /// Runs a program and stops it at each of `count` instructions behind an address.
    static List<Stop> eachInstruction(String name, String from, int count) throws IOException {
        Path elf = Firmware.find(name + ".elf");
        if (name.startsWith("host")) {
            try (GdbServer server = GdbServer.start(Path.of("").toAbsolutePath(), elf)) {
                return record(elf, server.port(), from, count, 0, 1);
            }
        }
        Qemu.Builder board =
                name.startsWith("arm") ? Qemu.arm("mps2-an385", elf) : Qemu.riscv32(elf);
        try (Qemu qemu = board.halted().start()) {
            return record(elf, qemu.gdbPort(), from, count, 0, 1);
        }
    }

    private static List<Stop> record(
            Path elf, int port, String from, int count, int seed, int steps) throws IOException {
        Path output = Files.createTempFile("chipray-stops", ".txt");
        try {
            List<String> commands =
                    List.of(
                            "target remote 127.0.0.1:" + port,
                            "break " + from,
                            "continue",
                            "delete");
            List<String> arguments =
                    List.of(
                            output.toString(),
                            Integer.toString(count),
                            Integer.toString(seed),
                            Integer.toString(steps),
                            "variables");
            Path script = Firmware.repository().resolve("testkit/gdb/stops.py");
            Gdb.python(elf, commands, script, arguments, 60 + count);
            return read(output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static List<Stop> read(Path output) throws IOException {
        List<Stop> stops = new ArrayList<>();
        Map<Integer, Long> registers = new HashMap<>();
        List<Frame> frames = new ArrayList<>();
        long stackAddress = 0;
        ByteView stack = ByteView.of(new byte[0], "stack");
        for (String line : Files.readAllLines(output)) {
            String[] field = line.split("\t", -1);
            switch (field[0]) {
                case "stack" -> {
                    stackAddress = Long.parseUnsignedLong(field[1], 16);
                    stack = ByteView.of(Base64.getDecoder().decode(field[2]), "stack");
                }
                case "register" ->
                        registers.put(
                                Integer.valueOf(field[1]), Long.parseUnsignedLong(field[2], 16));
                case "frame" ->
                        frames.add(
                                new Frame(
                                        field[2],
                                        Long.parseUnsignedLong(field[3], 16),
                                        Long.parseUnsignedLong(field[4], 16),
                                        field[5],
                                        field[6],
                                        Integer.parseInt(field[7]),
                                        new ArrayList<>()));
                case "variable" ->
                        frames.getLast()
                                .variables()
                                .add(
                                        new Variable(
                                                field[1],
                                                Integer.parseInt(field[2]),
                                                Integer.parseInt(field[3]),
                                                field[4],
                                                field[5]));
                default -> {
                    stops.add(
                            new Stop(
                                    Map.copyOf(registers),
                                    stackAddress,
                                    stack,
                                    List.copyOf(frames)));
                    registers.clear();
                    frames.clear();
                }
            }
        }
        return stops;
    }
}
