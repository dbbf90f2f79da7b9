package dev.chipray.session;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets work that is interrupted by a signal come to its end before the process does; any thread may ask it.
final class Interruption implements AutoCloseable {

    private static final int GRACE_SECONDS = 5;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "chipray-interruption");
    private volatile boolean wanted;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupted() {
        wanted = true;
        try {
            boolean ended = done.await(GRACE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                System.getLogger("dev.chipray.session")
                        .log(System.Logger.Level.DEBUG, "the work did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the work is to come to its end.
    boolean isWanted() {
        return wanted;
    }

    @Override
    public void close() {
        done.countDown();
        if (!wanted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The process is ending, and this hook is running.
            }
        }
    }
}
