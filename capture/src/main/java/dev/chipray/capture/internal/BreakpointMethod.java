package dev.chipray.capture.internal;

import dev.chipray.bytes.UnsupportedException;
import dev.chipray.capture.AllocationOptions;
import dev.chipray.capture.AllocatorFunction;
import dev.chipray.capture.CaptureFigures;
import dev.chipray.capture.CaptureMethod;
import dev.chipray.recording.RecordingWriter;
import dev.chipray.target.RegisterValues;
import dev.chipray.target.StopEvent;
import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import dev.chipray.target.rsp.Batch;
import dev.chipray.target.rsp.Breakpoint;
import dev.chipray.target.rsp.RspTarget;
import dev.chipray.target.rsp.StubKind;
import dev.chipray.trace.CallStacks;
import dev.chipray.trace.Diagnostic;
import dev.chipray.unwind.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sees allocations by breakpoints in the allocator; for one thread.
///
/// At a stop there are two round trips: the registers, then in one write the stack, what else the place asks for, what the
/// instruction at the breakpoint would have done, and the resume. Stacks are unwound while the target runs on.
public final class BreakpointMethod implements CaptureMethod {

    private static final int LONGEST_STACK = 1 << 16;

    private final RspTarget target;
    private final Program program;
    private final RecordingWriter writer;
    private final AllocationOptions options;
    private final CodeBytes code;
    private final InstructionSkip skip;
    private final StackNames names;
    private final StackWindow window = new StackWindow(LONGEST_STACK);
    private final Frames frames;
    private final AllocationLog log;
    private final FunctionSites functions;
    private final Map<Long, Site> sites = new HashMap<>();
    private final Map<Long, Breakpoint> breakpoints = new HashMap<>();
    private final List<String> followed = new ArrayList<>();
    private @Nullable MicroPythonSites python;
    private boolean oneStop = true;
    private long started;
    private long stops;
    private long stoppedNanos;
    private @Nullable Batch served;
    private boolean over;
    private String end = "";

    /// @param stacks the tables that the recording was begun with
    public BreakpointMethod(
            RspTarget target,
            Program program,
            RecordingWriter writer,
            CallStacks stacks,
            AllocationOptions options) {
        this.target = target;
        this.program = program;
        this.writer = writer;
        this.options = options;
        this.code = new CodeBytes(program);
        this.skip = new InstructionSkip(program);
        this.names = new StackNames(program, stacks, options.depth());
        this.frames = new Frames(program.architecture());
        Set<Integer> under = new HashSet<>();
        options.sites().forEach(name -> under.add(stacks.strings().intern(name)));
        this.log = new AllocationLog(writer, this::stack, names, options.onlyLarger(), under);
        this.functions = new FunctionSites(program, log, this::insert);
    }

    @Override
    public String name() {
        return "breakpoints";
    }

    @Override
    public String description() {
        return "breakpoints in %s; %s an event"
                .formatted(String.join(", ", followed), oneStop ? "one stop" : "up to two stops");
    }

    /// Why there is no more; empty as long as there can be.
    public String end() {
        return end;
    }

    @Override
    public void prepare() {
        List<Site> wanted = new ArrayList<>();
        Stop now = new Stop(target.readRegisters(), 0);
        if (options.allocators().isEmpty() && program.function("gc_alloc").isPresent()) {
            MicroPythonSites found = new MicroPythonSites(program, target, log, writer);
            wanted.addAll(found.sites(code));
            followed.add("gc_alloc, gc_realloc, gc_free and the end of a collection");
            found.begin(now);
            python = found;
        } else {
            wanted.addAll(functionSites());
        }
        for (String name : UntilFunctions.named(options.until())) {
            program.functions(name).forEach(function -> wanted.add(new End(function)));
        }
        if (!options.until().isEmpty() && wanted.stream().noneMatch(Site::isEnd)) {
            throw new UnsupportedException(
                    "the firmware has no function " + String.join(" or ", options.until()),
                    "name one that it has with --until; chipray elf lists them");
        }
        for (int i = 0; i < wanted.size(); i++) {
            insertOrSay(wanted.get(i), i == 0);
        }
        started = System.nanoTime();
    }

    private List<Site> functionSites() {
        List<AllocatorFunction> chosen = Allocators.choose(program, options.allocators());
        List<Site> all = new ArrayList<>();
        for (AllocatorFunction function : chosen) {
            for (Program.Function copy : program.functions(function.name())) {
                List<Site> found = functions.sites(function, copy, code);
                oneStop &= FunctionSites.isOneStop(found);
                all.addAll(found);
            }
            followed.add(function.name());
        }
        return all;
    }

    /// The first place must do; where a chip has no breakpoints left for others, the capture goes on without them.
    private void insertOrSay(Site site, boolean required) {
        try {
            insert(site);
        } catch (TargetException e) {
            if (!e.isLinkSound() || required || site.isEnd()) {
                throw e;
            }
            writer.diagnostic(
                    Diagnostic.warning(
                            "0x%x".formatted(site.address()),
                            "not followed, so events are missing: " + e.getMessage()));
        }
    }

    private void insert(Site site) {
        if (sites.putIfAbsent(site.address(), site) == null) {
            try {
                breakpoints.put(
                        site.address(),
                        target.breakAt(site.address(), code.breakpointSize(site.address())));
            } catch (TargetException e) {
                sites.remove(site.address());
                throw e;
            }
        }
    }

    @Override
    public boolean capture(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (!over && System.nanoTime() < until) {
            if (!target.isRunning()) {
                resume();
            }
            long left = Math.max(1, (until - System.nanoTime()) / 1_000_000);
            Optional<StopEvent> stop = target.await(left);
            if (stop.isPresent()) {
                stopped(stop.get(), System.nanoTime());
            }
            if (options.events() > 0 && log.events() >= options.events()) {
                finish("%,d events".formatted(log.events()));
            }
        }
        return !over;
    }

    private void finish(String why) {
        if (!over) {
            over = true;
            end = why;
        }
    }

    private void stopped(StopEvent event, long since) {
        if (!event.isAlive()) {
            finish(
                    event.reason() == StopEvent.Reason.EXITED
                            ? "the program ended with status " + event.code()
                            : "the program was ended by signal " + event.code());
            return;
        }
        stops++;
        Stop stop = new Stop(target.readRegisters(), (since - started) / 1000);
        Site site = sites.get(stop.programCounter());
        if (python != null) {
            python.finish(stop);
        }
        if (site == null) {
            unexpected(event, stop);
        } else if (site.isEnd()) {
            finish("reached " + nameAt(stop));
        } else {
            serve(site, stop);
        }
        stoppedNanos += System.nanoTime() - since;
        Batch batch = served;
        served = null;
        if (site != null && batch != null && skip.isExecuted(stop.registers())) {
            site.tell(stop, batch);
        }
    }

    private String nameAt(Stop stop) {
        return program.symbolizer()
                .function(stop.programCounter())
                .map(function -> function.name())
                .orElse("0x%x".formatted(stop.programCounter()));
    }

    private void unexpected(StopEvent event, Stop stop) {
        boolean harmless =
                event.reason() == StopEvent.Reason.SIGNAL
                        && (event.code() == StopEvent.INTERRUPTED
                                || event.code() == StopEvent.TRAP
                                || event.code() == 0);
        if (!harmless) {
            throw new TargetException(
                    Trouble.STATE,
                    "the target stopped by itself: signal %d at 0x%x %s"
                            .formatted(event.code(), stop.programCounter(), nameAt(stop)));
        }
    }

    /// Reads what is wanted and lets the target run on.
    private void serve(Site site, Stop stop) {
        if (site.isReturn()) {
            stop.returns();
        }
        boolean wantsStack = site.wantsStack(stop);
        long sp = stop.stackPointer();
        int length = wantsStack ? window.length(sp) : 64;
        boolean first = site.needsStackFirst() || (wantsStack && !window.knows(sp));
        if (first) {
            Batch ahead = target.batch();
            int read = ahead.read(sp, length);
            ahead.run();
            stop.memory(new CopiedMemory(sp, ahead.bytes(read), target.memory()));
            if (wantsStack && !window.knows(sp)) {
                // The first stop on this stack: what is beyond the copy is read while the target
                // stands.
                stack(stop);
            }
        }
        Batch batch = target.batch();
        int stack = first ? -1 : batch.read(sp, length);
        site.ask(stop, batch);
        Optional<InstructionSkip.Effect> effect = Optional.empty();
        if (mustPassBreakpoint()) {
            effect = skip.at(stop.registers(), stop.memory(), sites.keySet());
        }
        if (effect.isPresent() || !mustPassBreakpoint()) {
            effect.ifPresent(done -> {
                if (!done.written().isEmpty()) {
                    batch.write(done.address(), done.bytes());
                }
                batch.setRegisters(stop.registers(), done.registers());
            });
            batch.runAndResume();
        } else {
            batch.run();
        }
        if (!first) {
            stop.memory(new CopiedMemory(sp, batch.bytes(stack), program.code()));
        }
        served = batch;
        if (effect.isEmpty() && mustPassBreakpoint()) {
            stepOver(stop.programCounter());
        }
    }

    /// These stubs pass a breakpoint by themselves when they resume; of others it cannot be known.
    private boolean mustPassBreakpoint() {
        StubKind kind = target.capabilities().kind();
        return kind != StubKind.OPENOCD && kind != StubKind.JLINK;
    }

    /// QEMU's single steps pass a breakpoint; others have to take it out meanwhile.
    private void stepOver(long address) {
        Breakpoint inTheWay =
                target.capabilities().kind() == StubKind.QEMU ? null : breakpoints.get(address);
        if (inTheWay != null) {
            inTheWay.close();
        }
        target.step();
        StopEvent stop =
                target.await(5_000)
                        .orElseThrow(() ->
                                new TargetException(Trouble.SILENCE, "a single step did not end"));
        stops++;
        if (!stop.isAlive()) {
            finish("the program ended");
        } else if (inTheWay != null) {
            breakpoints.put(address, target.breakAt(address, code.breakpointSize(address)));
        }
    }

    private void resume() {
        target.resume();
    }

    private int stack(Stop stop) {
        if (stop.stack() >= 0) {
            return stop.stack();
        }
        Optional<RegisterValues> caller =
                stop.isReturn()
                        ? skip.execute(stop.registers(), stop.memory())
                                .map(InstructionSkip.Effect::registers)
                        : Optional.empty();
        program.unwinder()
                .unwind(
                        caller.orElse(stop.registers()),
                        stop.memory(),
                        options.depth() + 1,
                        frames);
        window.learn(stop.stackPointer(), frames);
        stop.stack(
                names.stack(
                        caller.isPresent()
                                ? names.afterReturn(stop.programCounter(), frames)
                                : names.all(frames)));
        return stop.stack();
    }

    /// Allocations that were alive when the capture began.
    public long alreadyLive() {
        return log.before();
    }

    @Override
    public CaptureFigures figures() {
        return new CaptureFigures(
                log.events(),
                stops,
                stoppedNanos,
                started == 0 ? 0 : System.nanoTime() - started,
                target.figures().bytesReceived());
    }

    @Override
    public void close() {
        if (python != null) {
            python.finish(null);
            python.diagnostics().forEach(writer::diagnostic);
        }
    }

    /// The function that ends the capture.
    private record End(Program.Function function) implements Site {
        @Override
        public long address() {
            return function.start();
        }

        @Override
        public void tell(Stop stop, Batch batch) {}

        @Override
        public boolean isEnd() {
            return true;
        }
    }
}
