package dev.chipray.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Entry of the program.
public final class Main {

    private static final int OUTPUT_BUFFER = 1 << 16;

    private Main() {}

    public static void main(String[] args) {
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(
                                new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER),
                        false,
                        StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(args, out, err);
        out.flush();
        if (status != 0) {
            // Not for 0: the JVM looks for a logger to tell of an exit, which takes longer than
            // some answers.
            System.exit(status);
        }
    }

    /// Runs one command and returns its exit status; prints only to `out` and `err`, and never exits the process.
    ///
    /// @return 0 the answer was printed, 1 there is none, 2 wrong usage, 3 a `check` was not met
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return Commands.create(new Console(out, err, Console.columnsOfTerminal()), args)
                .execute(args);
    }
}
