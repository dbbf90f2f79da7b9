package dev.chipray.target.rsp;

import dev.chipray.target.RegisterLayout;
import dev.chipray.target.RegisterLayout.Register;
import dev.chipray.target.RegisterValues;
import dev.chipray.target.StopEvent;
import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import dev.chipray.target.TargetMemory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// A target behind a GDB stub. Closing it leaves the target as it was found: breakpoints and patches are taken out, and it
/// runs if it ran; this also happens when the JVM ends by a signal or by itself.
///
/// Everything that goes wrong is a [TargetException]. Several threads may call; one request is made at a time.
public final class RspTarget implements AutoCloseable {

    private static final int SLICE_MILLIS = 50;
    private static final int MOST_PACKETS_UNTIL_STOP = 100;

    private final Endpoint endpoint;
    private final RspOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final RspMemory memory = new RspMemory(this);
    private final Breakpoints breakpoints = new Breakpoints();
    private final Thread atExit = new Thread(this::close, "chipray-detach");

    private RspExchange exchange;
    private Capabilities capabilities;
    private RegisterLayout layout;
    private StopEvent lastStop;
    private final Optional<Boolean> foundRunning;
    private volatile boolean running;
    private volatile boolean closing;
    private boolean closed;
    private Consumer<String> console = _ -> {};

    private RspTarget(Endpoint endpoint, RspOptions options) {
        this.endpoint = endpoint;
        this.options = options;
        exchange = new RspExchange(endpoint.open(), options.timeoutMillis());
        try {
            Handshake.Result found = new Handshake(exchange).run();
            capabilities = found.capabilities();
            foundRunning = capabilities.foundRunning();
            lastStop = found.stop();
            layout = orCustomary(found.layout(), options);
        } catch (TargetException e) {
            exchange.close();
            throw new TargetException(
                    e.trouble(),
                    "no debug session with %s: %s".formatted(endpoint, e.getMessage()),
                    e);
        }
    }

    private static RegisterLayout orCustomary(RegisterLayout told, RspOptions options) {
        return told.registers().isEmpty() ? TargetXml.customary(options.architecture()) : told;
    }

    /// Connects, which halts the target.
    public static RspTarget connect(Endpoint endpoint) {
        return connect(endpoint, RspOptions.DEFAULT);
    }

    /// Connects, which halts the target.
    public static RspTarget connect(Endpoint endpoint, RspOptions options) {
        RspTarget target = new RspTarget(endpoint, options);
        Runtime.getRuntime().addShutdownHook(target.atExit);
        return target;
    }

    /// Opens a link that broke once more, and puts the breakpoints back in. The target is halted then.
    public void reconnect() {
        lock.lock();
        try {
            checkOpen();
            exchange.close();
            exchange = new RspExchange(endpoint.open(), options.timeoutMillis());
            Handshake.Result found = new Handshake(exchange).run();
            capabilities = found.capabilities();
            layout = orCustomary(found.layout(), options);
            lastStop = found.stop();
            running = false;
            breakpoints.insertAgain(exchange);
        } finally {
            lock.unlock();
        }
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    /// The registers that the target has; empty where the stub does not describe them and the architecture was not told.
    public RegisterLayout registerLayout() {
        return layout;
    }

    /// Memory; only while the target is halted.
    public TargetMemory memory() {
        return memory;
    }

    /// Gets what the target prints through its stub (semihosting).
    public void onConsole(Consumer<String> listener) {
        console = listener;
    }

    /// Why the target stopped last.
    public StopEvent lastStop() {
        return lastStop;
    }

    public boolean isRunning() {
        return running;
    }

    /// What the link had to do since it was opened.
    public record LinkFigures(
            long requests, long packetsSentAgain, long packetsDamaged, long bytesReceived) {}

    /// What the link had to do since it was opened.
    public LinkFigures figures() {
        return new LinkFigures(
                exchange.roundTrips(),
                exchange.link().resent(),
                exchange.link().damagedPackets(),
                exchange.bytesReceived());
    }

    /// All registers that the stub sends at once, of the thread that was selected or stopped last.
    public RegisterValues readRegisters() {
        return locked(
                "registers can be read",
                link -> {
                    byte[] answer = link.request("g");
                    if (answer.length == 0 || answer[0] == 'E') {
                        throw refused("registers", answer);
                    }
                    return decodeRegisters(answer);
                });
    }

    /// The registers in an answer to `g`, for those who sent that request among others.
    public RegisterValues decodeRegisters(byte[] answer) {
        int size = Math.min(layout.size(), answer.length / 2);
        byte[] bytes = new byte[size];
        boolean[] known = new boolean[size];
        for (int i = 0; i < size; i++) {
            int high = Packets.digit(answer[2 * i]);
            int low = Packets.digit(answer[2 * i + 1]);
            // `xx` stands for a byte that is not available.
            known[i] = (high | low) >= 0;
            bytes[i] = (byte) (known[i] ? high << 4 | low : 0);
        }
        return new RegisterValues(layout, options.byteOrder(), bytes, known);
    }

    /// Sets a register of at most 64 bits.
    public void writeRegister(String name, long value) {
        Register register = layout.named(name);
        if (register == null || register.size() > Long.BYTES) {
            throw new TargetException(Trouble.REFUSED, "there is no register " + name + " to set");
        }
        expectOk("to set register " + name, writeRequest(register, value));
    }

    private String writeRequest(Register register, long value) {
        byte[] bytes = new byte[register.size()];
        for (int i = 0; i < bytes.length; i++) {
            int at = options.byteOrder() == ByteOrder.LITTLE_ENDIAN ? i : bytes.length - 1 - i;
            bytes[at] = (byte) (value >>> (8 * i));
        }
        return "P%x=%s".formatted(register.number(), Packets.hex(bytes));
    }

    /// The threads, cores or tasks, as the stub writes them; `1` alone where it knows none.
    public List<String> threads() {
        return locked("threads can be listed", Threads::list);
    }

    /// Makes [#readRegisters] speak of that thread, until the target runs again.
    public void selectThread(String thread) {
        expectOk("thread " + thread, "Hg" + thread);
    }

    private void expectOk(String what, String request) {
        locked(
                "it can be asked",
                link -> {
                    byte[] answer = link.request(request);
                    if (!Packets.isOk(answer)) {
                        throw refused(what, answer);
                    }
                    return true;
                });
    }

    /// Runs a command of the stub's own and gives what it printed.
    public String monitor(String command) {
        return locked("the stub takes commands", link -> Monitor.run(link, command));
    }

    /// Stops the program at an instruction, by software or hardware, whichever is possible there.
    ///
    /// @param size bytes of the instruction there: 2 or 4, and 1 on x86
    public Breakpoint breakAt(long address, int size) {
        return insert(Breakpoints.forCode(capabilities.memoryMap(), address), address, size);
    }

    /// Inserts a breakpoint or watchpoint of that kind and no other.
    public Breakpoint insert(BreakpointKind kind, long address, int size) {
        return insert(List.of(kind), address, size);
    }

    private Breakpoint insert(List<BreakpointKind> kinds, long address, int size) {
        return new Breakpoint(
                this,
                locked(
                        "breakpoints can be set",
                        link -> breakpoints.insert(link, kinds, address, size)));
    }

    void remove(Breakpoints.Inserted breakpoint) {
        locked(
                "breakpoints can be removed",
                link -> {
                    breakpoints.remove(link, breakpoint);
                    return true;
                });
    }

    /// Lets the target run.
    public void resume() {
        requestAndGo(List.of(), "c");
    }

    /// Lets the target execute one instruction; [#await] tells when it has.
    public void step() {
        requestAndGo(List.of(), "s");
    }

    /// Sends requests and then resumes, all in one write: what a stub does in between costs no round trip.
    ///
    /// @return the answers to the requests, in order
    public List<byte[]> requestAndResume(List<byte[]> requests) {
        return requestAndGo(requests, "c");
    }

    private List<byte[]> requestAndGo(List<byte[]> requests, String action) {
        return locked(
                "it can be resumed",
                link -> {
                    if (capabilities.requestsAhead() == 1 && !requests.isEmpty()) {
                        List<byte[]> answers = link.requestAll(requests, 1);
                        link.send(Packets.ascii(resumePacket(action)));
                        running = true;
                        return answers;
                    }
                    List<byte[]> all = new ArrayList<>(requests);
                    all.add(Packets.ascii(resumePacket(action)));
                    link.send(all.toArray(byte[][]::new));
                    running = true;
                    List<byte[]> answers = new ArrayList<>();
                    for (int i = 0; i < requests.size(); i++) {
                        answers.add(link.answer());
                    }
                    return answers;
                });
    }

    private String resumePacket(String action) {
        if (!capabilities.resumes().contains(action.charAt(0))) {
            return action;
        }
        // With several threads only the one that stopped steps; the others stay.
        boolean one = action.equals("s") && !lastStop.thread().isEmpty();
        return "vCont;" + action + (one ? ":" + lastStop.thread() : "");
    }

    /// Several reads and writes that go out together.
    public Batch batch() {
        return new Batch(this, memory.piece());
    }

    /// Sends raw requests, as many ahead of their answers as the stub takes.
    public List<byte[]> request(List<byte[]> requests) {
        return locked(
                "requests can be made",
                link -> link.requestAll(requests, capabilities.requestsAhead()));
    }

    /// Waits until a target that runs has stopped, at most `millis`; empty where it still runs.
    public Optional<StopEvent> await(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (running) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (closing || left < 0) {
                return Optional.empty();
            }
            lock.lock();
            try {
                checkOpen();
                // In slices, so that whoever wants to close gets a turn.
                byte[] packet = exchange.await(Math.min(left + 1, SLICE_MILLIS));
                if (packet != null) {
                    whileRunning(packet);
                }
            } finally {
                lock.unlock();
            }
        }
        return Optional.of(lastStop);
    }

    private void whileRunning(byte[] packet) {
        if (StopReplies.isStop(packet)) {
            lastStop = StopReplies.parse(packet);
            running = false;
        } else if (packet.length > 1 && packet[0] == 'O') {
            console.accept(Packets.unhexText(packet, 1));
        } else if (packet.length > 1 && packet[0] == 'F') {
            // A stub that wants files served; nobody here has any, and the target goes on.
            exchange.send(Packets.ascii("F-1,270f"));
        } else if (packet.length > 0 && packet[0] == 'E') {
            running = false;
            throw refused("to resume the target", packet);
        }
    }

    /// Stops a target that runs and says why it stands, which may be another reason than this.
    public StopEvent halt() {
        if (!running) {
            return lastStop;
        }
        lock.lock();
        try {
            checkOpen();
            exchange.interrupt();
        } finally {
            lock.unlock();
        }
        return await(options.timeoutMillis())
                .orElseThrow(() ->
                        new TargetException(
                                Trouble.SILENCE,
                                "the target does not stop: %s does not react"
                                        .formatted(exchange.transport().description())));
    }

    /// Calls `action` with the link, while the target is halted and nobody else uses it.
    <T> T locked(String what, Function<RspExchange, T> action) {
        lock.lock();
        try {
            checkOpen();
            if (running) {
                throw new TargetException(
                        Trouble.STATE, "the target is running; " + what + " only while it stands");
            }
            return action.apply(exchange);
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new TargetException(Trouble.LINK, "the debug session is over");
        }
    }

    private static TargetException refused(String what, byte[] answer) {
        return new TargetException(
                Trouble.REFUSED,
                "the stub refuses %s (it says '%s')".formatted(what, StopReplies.excerpt(answer)));
    }

    /// Takes out breakpoints and patches, lets the target run if it ran or if that is not known, and closes the link.
    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (!exchange.isBroken()) {
                new Departure(exchange, this::haltToLeave)
                        .leave(breakpoints, memory, lastStop.thread(), leavesRunning());
            }
        } catch (TargetException _) {
            // The link is gone: nothing more can be done for the target.
        } finally {
            closed = true;
            exchange.close();
            lock.unlock();
            forgetExit();
        }
    }

    private boolean leavesRunning() {
        return lastStop.isAlive() && options.leaveRunning().orElse(foundRunning.orElse(true));
    }

    private void haltToLeave() {
        if (running) {
            exchange.interrupt();
            byte[] packet = exchange.await(options.timeoutMillis());
            for (int i = 0;
                    i < MOST_PACKETS_UNTIL_STOP && packet != null && !StopReplies.isStop(packet);
                    i++) {
                packet = exchange.await(options.timeoutMillis());
            }
            running = false;
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The JVM is ending, and this is that hook.
        }
    }
}
