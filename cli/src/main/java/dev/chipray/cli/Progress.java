package dev.chipray.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/// A line on the terminal that counts what long work has done; nothing at all where standard error is no terminal or the
/// work is over within a second.
final class Progress implements AutoCloseable {

    private static final long PERIOD_MILLIS = 500;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream err;
    private final LongSupplier done;
    private final Thread thread;
    private boolean shown;

    private Progress(PrintStream err, LongSupplier done) {
        this.err = err;
        this.done = done;
        this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::show);
    }

    /// Shows progress until it is closed; the launcher tells whether standard error is a terminal.
    static Progress of(Console console, LongSupplier events) {
        Progress progress = new Progress(console.err(), events);
        if (Boolean.getBoolean("chipray.progress")) {
            progress.thread.start();
        }
        return progress;
    }

    private void show() {
        try {
            Thread.sleep(PERIOD_MILLIS);
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                shown = true;
                err.print(
                        ERASE_LINE + "chipray: " + Text.count(done.getAsLong()) + " events read …");
                err.flush();
            }
        } catch (InterruptedException e) {
            if (shown) {
                err.print(ERASE_LINE);
                err.flush();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
