package dev.chipray.fuzz;

import java.nio.charset.StandardCharsets;

/// Turns the bytes of a fuzzer into text that looks like what a parser reads, so that the search gets past the first line.
final class LogTexts {

    /// Pieces of a log; a byte above 127 stands for one of them, any other for itself.
    private static final String[] WORDS = {
        "\nBreakpoint 1, gc_log_change (start_block=5, length=2) at ../../py/gc.c:153\n153\t\n",
        "\nBreakpoint 1, gc_log_change (start_block=",
        "\nThread 1 \"x\" hit Breakpoint 1.1, gc_log_change (",
        "\nBreakpoint 2, main () at main.c:1\n",
        "$1 = 0x5\n$2 = 0x2\n",
        "$3 = 0x",
        "#0  gc_log_change (start_block=5, length=2) at gc.c:1\n",
        "#1  0x0000091a in gc_alloc (n_bytes=n_bytes@entry=24) at ../../py/gc.c:1011\n",
        "#2  gc_realloc (p=0x1 \"a) at b:1\") at gc.c:2\n",
        "#1  gc_sweep () at gc.c:3\n",
        "#3  <signal handler called>\n",
        "#4  0x08 in ?? () from /lib/x y.so\n",
        "\n#1  f (a=1, \n    b=2) at c.c:3\n",
        "\nchipray - alloc 1 2\n",
        "\nchipray 5 change 0x",
        "\nchipray heap 16 4096\n",
        "\nProgram received signal SIGINT\n",
        "Backtrace stopped: x\n",
        "\r\n",
        "99999999999999999999",
        " at ",
        "0x"
    };

    private LogTexts() {}

    static byte[] expand(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b >= 0) {
                text.append((char) b);
            } else {
                text.append(WORDS[(b & 0x7f) % WORDS.length]);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
