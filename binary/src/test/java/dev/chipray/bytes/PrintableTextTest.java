package dev.chipray.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {
    @Test
    void text_that_is_safe_stays_the_same_object() {
        String text = "mp_state_ctx.vm → größe 表 \uD83D\uDE00";
        assertThat(PrintableText.of("plain")).isEqualTo("plain");
        assertThat(PrintableText.of(text)).isEqualTo(text);
    }

    @Test
    void whatever_moves_a_cursor_ends_a_line_turns_text_or_hides_is_shown_by_its_number() {
        int[] unsafe = {
            0, 7, '\t', '\n', 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0xad, 0x61c, 0x180e, 0x200b,
            0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
            0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xd800, 0xdfff, 0xfeff, 0xe0001
        };
        for (int c : unsafe) {
            String expected =
                    c < 0x100
                            ? "a\\x%02xb".formatted(c)
                            : c < 0x10000 ? "a\\u%04xb".formatted(c) : "a\\u{%x}b".formatted(c);
            assertThat(PrintableText.of("a" + Character.toString(c) + "b"))
                    .as("U+%04X", c)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_terminal_sequence_in_a_name_is_not_obeyed() {
        assertThat(PrintableText.of("x\u001b[2J\u202ey")).isEqualTo("x\\x1b[2J\\u202ey");
    }
}
