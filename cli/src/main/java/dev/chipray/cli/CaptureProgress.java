package dev.chipray.cli;

/// Counts on the terminal what a capture has recorded; nothing where standard error is no terminal.
final class CaptureProgress implements AutoCloseable {

    private static final long PERIOD_NANOS = 500_000_000L;
    private static final String ERASE_LINE = "\r\033[K";

    private final Console console;
    private final String what;
    private final boolean wanted = Boolean.getBoolean("chipray.progress");
    private long last = System.nanoTime();
    private boolean shown;

    CaptureProgress(Console console, String what) {
        this.console = console;
        this.what = what;
    }

    void count(long recorded) {
        long now = System.nanoTime();
        if (wanted && now - last >= PERIOD_NANOS) {
            last = now;
            shown = true;
            console.err()
                    .print(ERASE_LINE + "chipray: " + Text.count(recorded) + " " + what + " …");
            console.err().flush();
        }
    }

    @Override
    public void close() {
        if (shown) {
            console.err().print(ERASE_LINE);
            console.err().flush();
        }
    }
}
