package dev.chipray.target.rsp;

/// Leaves a target as it was found.
final class Departure {

    private final RspExchange exchange;
    private final Runnable halt;

    /// @param halt makes the target stand still where that is needed
    Departure(RspExchange exchange, Runnable halt) {
        this.exchange = exchange;
        this.halt = halt;
    }

    /// @param thread  the one that stopped last; in the multiprocess form it names its process
    /// @param running whether the target is to run
    void leave(Breakpoints breakpoints, RspMemory memory, String thread, boolean running) {
        halt.run();
        boolean withoutBreakpoints = breakpoints.removeAll(exchange);
        boolean restored = memory.restore(exchange);
        if (running) {
            letRun(thread);
        }
        if (!withoutBreakpoints || !restored) {
            System.getLogger("dev.chipray.target")
                    .log(
                            System.Logger.Level.WARNING,
                            "the target could not be left quite as it was found; reset it");
        }
    }

    /// Detaching lets a target run. With several processes possible it must say from which; QEMU then refuses a plain `D`.
    private void letRun(String thread) {
        int dot = thread.indexOf('.');
        if (thread.startsWith("p")
                && dot > 1
                && Packets.isOk(exchange.request("D;" + thread.substring(1, dot)))) {
            return;
        }
        if (!Packets.isOk(exchange.request("D"))) {
            exchange.send(Packets.ascii("c"));
        }
    }
}
