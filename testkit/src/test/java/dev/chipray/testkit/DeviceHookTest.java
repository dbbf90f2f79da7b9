package dev.chipray.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceHookTest {

    @TempDir Path directory;

    @Test
    void theHookCompilesStrictlyWithEveryCompilerAndReportsEveryChange() {
        Missing.requireProgram("make", "make");
        Missing.requireProgram("gcc", "gcc");
        Missing.requireProgram("arm-none-eabi-gcc", "gcc-arm-none-eabi");
        Command.Result result =
                Command.run(
                                List.of(
                                        "make",
                                        "-s",
                                        "-C",
                                        Firmware.repository().resolve("device/c/test").toString(),
                                        "OUT=" + directory),
                                120)
                        .requireSuccess();
        assertThat(result.output()).contains("native: ", "gcc", "cross: arm-none-eabi-gcc");
    }

    @Test
    void theGdbScriptLogsEveryChangeWithItsKindAndStack() {
        Missing.requireProgram("gcc", "gcc");
        Path source = Firmware.repository().resolve("device/c");
        Path program = directory.resolve("hook");
        Command.run(
                        List.of(
                                "gcc",
                                "-g",
                                "-O2",
                                "-no-pie",
                                "-DCHIPRAY_GC_LOG=1",
                                "-DCHIPRAY_GC_CLOCK()=test_clock()",
                                "-include",
                                source.resolve("test/test_clock.h").toString(),
                                "-I" + source,
                                source.resolve("chipray_gc.c").toString(),
                                source.resolve("test/test.c").toString(),
                                "-o",
                                program.toString()),
                        60)
                .requireSuccess();
        Path script = Firmware.repository().resolve("device/gdb");

        String log =
                Gdb.run(
                        program,
                        List.of("break main", "run", "source " + script.resolve("gc-log.py")),
                        60);
        assertThat(log.lines().filter(line -> line.startsWith("chipray ")))
                .containsExactly(
                        "chipray 1 alloc 0 2",
                        "chipray 2 resize 0 3",
                        "chipray 3 alloc 3 1",
                        "chipray 4 free 0 0",
                        "chipray 5 sweep 3 0");
        assertThat(log.lines().filter(line -> line.startsWith("#0 "))).hasSize(5);

        String plain =
                Gdb.run(
                        program,
                        List.of("break main", "run", "source " + script.resolve("gc-log.gdb")),
                        60);
        assertThat(plain.lines().filter(line -> line.startsWith("chipray ")))
                .containsExactly(
                        "chipray - change 0 2",
                        "chipray - change 0 3",
                        "chipray - change 3 1",
                        "chipray - change 0 0",
                        "chipray - change 3 0");
    }
}
