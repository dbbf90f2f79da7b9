package dev.chipray.interpreters.micropython;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.interpreters.InterpreterFrame;
import dev.chipray.testkit.FirmwareImage;
import dev.chipray.testkit.MicroPythonImage;
import dev.chipray.testkit.MicroPythonOptions;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FramesTest {
    /// Code bytes and lines: line 1 for bytes 0 to 3, line 3 for 4 to 8, line 303 for 9 to 58, line 304 after that.
    private static final int[][] STEPS = {{4, 2}, {5, 300}, {50, 1}};

    @ParameterizedTest
    @MethodSource("dev.chipray.interpreters.micropython.Builds#all")
    void a_state_names_function_file_and_line_in_every_encoding(MicroPythonOptions options) {
        MicroPythonImage image = new MicroPythonImage(options);
        long module = image.module(image.dict());
        long function = image.function("update", "main.py", module, 20, STEPS);
        long code = image.opcodes(function, "update", "main.py", 20, STEPS);
        FirmwareImage firmware = image.finish();
        long state = image.data(400);
        FirmwareImage.Layout layout = firmware.layout("mp_code_state_t");
        firmware.put(state, "mp_code_state_t", "fun_bc", function);
        firmware.put(state, "mp_code_state_t", "sp", state + layout.offset("state"));
        if (layout.members().stream().anyMatch(m -> m.name().equals("n_state"))) {
            firmware.put(state, "mp_code_state_t", "n_state", 20);
        }
        int[][] wanted = {
            {0, 1}, {3, 1}, {4, 3}, {8, 3}, {9, 303}, {58, 303}, {59, 304}, {63, 304}
        };
        for (int[] one : wanted) {
            firmware.put(state, "mp_code_state_t", "ip", code + one[0]);
            MicroPython python = Builds.open(firmware);

            InterpreterFrame frame = python.frameAt(state, OptionalLong.empty()).orElseThrow();
            assertThat(frame.toString())
                    .as("byte %d", one[0])
                    .isEqualTo("main.py:" + one[1] + " update");
            assertThat(python.framesOnStack(state - 64, state + 400)).containsExactly(frame);
            assertThat(python.frameAt(state, OptionalLong.of(code)).orElseThrow().line())
                    .isEqualTo(1);
        }
        firmware.put(state, "mp_code_state_t", "ip", code - 4096);
        assertThat(Builds.open(firmware).framesOnStack(state - 64, state + 400)).isEmpty();
    }
}
