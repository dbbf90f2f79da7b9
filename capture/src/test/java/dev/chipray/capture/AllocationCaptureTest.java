package dev.chipray.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.ctype.DwarfTypes;
import dev.chipray.elf.ElfFile;
import dev.chipray.interpreters.DebugLayouts;
import dev.chipray.interpreters.micropython.GcArea;
import dev.chipray.interpreters.micropython.MicroPython;
import dev.chipray.recording.Recording;
import dev.chipray.symbols.Symbolizer;
import dev.chipray.target.rsp.Endpoint;
import dev.chipray.target.rsp.RspTarget;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.GdbServer;
import dev.chipray.testkit.Qemu;
import dev.chipray.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Captures of real interpreters behind real stubs.
@Timeout(180)
class AllocationCaptureTest {

    @TempDir Path directory;

    private Path recording() {
        return directory.resolve("out.chipray");
    }

    private static RspTarget connect(int port) {
        return RspTarget.connect(Endpoint.parse("127.0.0.1:" + port));
    }

    private CaptureResult capture(RspTarget target, Path elf, AllocationOptions options)
            throws IOException {
        return new AllocationCapture(
                        target, Symbolizer.of(ElfFile.open(elf)), options, () -> false, _ -> {})
                .record(recording(), "test", "test");
    }

    /// Blocks that are alive after the last event; an event that does not fit the ones before it fails the test.
    private Map<Long, Long> alive() throws IOException {
        Map<Long, Long> live = new TreeMap<>();
        Recording.open(recording())
                .readAll((time, kind, block, size, stack) -> {
                    switch (kind) {
                        case ALLOCATE ->
                                assertThat(live.put(block, size)).as("0x%x", block).isNull();
                        case RESIZE ->
                                assertThat(live.put(block, size)).as("0x%x", block).isNotNull();
                        case FREE, SWEEP, IMPLIED_FREE ->
                                assertThat(live.remove(block)).as("0x%x", block).isNotNull();
                    }
                });
        return live;
    }

    private void shortScript() throws IOException {
        Files.writeString(
                directory.resolve("script.lua"),
                "local t = {} for i = 1, 40 do t[i] = {tostring(i)} end t = nil\n");
    }

    @Test
    void everyAllocationOfLuaInQemuIsSeenFromItsFirstToItsLast() throws IOException {
        shortScript();
        Path elf = Firmware.find("lua5.3-cortex-m3.elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", elf).halted().in(directory).start();
                RspTarget target = connect(qemu.gdbPort())) {
            CaptureResult result = capture(target, elf, AllocationOptions.everything());

            assertThat(result.isEarly()).as(result.end()).isFalse();
            assertThat(result.method()).contains("one stop an event");
            assertThat(result.figures().events()).isGreaterThan(500);
        }
        // The program closes its state at the end, so that whatever it was given it gave back.
        assertThat(alive()).isEmpty();
    }

    @Test
    void stacksReachFromTheAllocatorToTheStartOfTheProgram() throws IOException {
        shortScript();
        Path elf = Firmware.find("lua5.3-cortex-m3.elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", elf).halted().in(directory).start();
                RspTarget target = connect(qemu.gdbPort())) {
            capture(target, elf, AllocationOptions.everything().withEvents(300));
        }
        Recording recorded = Recording.open(recording());
        recorded.readAll((time, kind, block, size, stack) -> {
            int[] frames = recorded.stacks().stacks().framesInnermostFirst(stack);
            assertThat(recorded.stacks().frames().functionName(frames[0])).isEqualTo("l_alloc");
            assertThat(recorded.stacks().frames().functionName(frames[frames.length - 2]))
                    .isEqualTo("main");
        });
    }

    @Test
    void everyAllocationOfLuaUnderGdbserverIsSeen() throws IOException {
        shortScript();
        Path elf = Firmware.find("lua5.3-x86-64.elf");
        try (GdbServer server = GdbServer.start(directory, elf, "script.lua");
                RspTarget target = connect(server.port())) {
            CaptureResult result = capture(target, elf, AllocationOptions.everything());

            assertThat(result.isEarly()).as(result.end()).isFalse();
            assertThat(result.figures().events()).isGreaterThan(500);
        }
        assertThat(alive()).isEmpty();
    }

    @Test
    void theBlocksOfMicroPythonAreThoseOfItsOwnTable() throws IOException {
        Path elf = Firmware.find("microbit-micropython.elf");
        Map<Long, Long> table = new TreeMap<>();
        try (Qemu qemu = Qemu.arm("microbit", elf).halted().start();
                RspTarget target = connect(qemu.gdbPort())) {
            CaptureResult result =
                    capture(target, elf, AllocationOptions.everything().withUntil(List.of("repl")));

            assertThat(result.isEarly()).as(result.end()).isFalse();
            assertThat(result.end()).contains("repl");
            ElfFile file = ElfFile.open(elf);
            DebugLayouts layouts = new DebugLayouts(file, DwarfTypes.of(file), 0);
            GcArea area = MicroPython.open(target.memory(), layouts).areas().getFirst();
            for (int block = 0; block < area.blocks(); block++) {
                if (area.isHead(block)) {
                    table.put((long) block, (long) area.length(block));
                }
            }
        }
        assertThat(table).isNotEmpty();
        assertThat(alive()).isEqualTo(table);
    }

    @Test
    void aTargetThatRunsSomethingElseIsSaidFirst() throws IOException {
        shortScript();
        Path runs = Firmware.find("lua5.3-cortex-m3.elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", runs).halted().in(directory).start();
                RspTarget target = connect(qemu.gdbPort())) {
            CaptureResult result =
                    capture(
                            target,
                            Firmware.find("microbit-micropython.elf"),
                            AllocationOptions.everything());

            assertThat(result.isEarly()).isTrue();
            assertThat(result.end()).contains("does not run this ELF");
        }
        assertThat(Recording.open(recording()).diagnostics())
                .anyMatch(diagnostic -> diagnostic.message().contains("does not run this ELF"));
    }

    @Test
    @SuppressWarnings("try")
    void whatWasCapturedBeforeTheLinkBrokeIsInTheRecording() throws IOException {
        Files.writeString(
                directory.resolve("script.lua"), "while true do local t = {{}, {}} end\n");
        Path elf = Firmware.find("lua5.3-cortex-m3.elf");
        try (Qemu qemu = Qemu.arm("mps2-an385", elf).halted().in(directory).start();
                RspTarget target = connect(qemu.gdbPort())) {
            Thread unplug =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    Thread.sleep(3000);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                qemu.close();
                            });
            CaptureResult result = capture(target, elf, AllocationOptions.everything());
            unplug.interrupt();

            assertThat(result.isEarly()).isTrue();
            assertThat(result.figures().events()).isPositive();
            Recording recorded = Recording.open(recording());
            long[] events = {0};
            recorded.readAll((time, kind, block, size, stack) ->
                    events[0] += kind == EventKind.IMPLIED_FREE ? 0 : 1);
            assertThat(events[0]).isEqualTo(result.figures().events());
            assertThat(recorded.isComplete()).isTrue();
            assertThat(recorded.diagnostics())
                    .anyMatch(diagnostic -> diagnostic.message().contains("ended early"));
        }
    }

    @Test
    void allocatorsAreNamedByTheirArguments() {
        assertThat(AllocatorFunction.parse("my_alloc:size=1,ptr=return"))
                .isEqualTo(new AllocatorFunction("my_alloc", 0, 1, 0));
        assertThat(AllocatorFunction.parse("my_realloc:old=1,size=2,ptr=RETURN").role())
                .isEqualTo("realloc");
        assertThat(AllocatorFunction.parse("my_free:ptr=1").role()).isEqualTo("free");
        assertThatThrownBy(() -> AllocatorFunction.parse("my_alloc"))
                .hasMessageContaining("size=1,ptr=return");
        assertThatThrownBy(() -> AllocatorFunction.parse("my_alloc:size=0"))
                .hasMessageContaining("counted from 1");
    }
}
