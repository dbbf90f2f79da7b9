package dev.chipray.capture.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import dev.chipray.capture.AllocatorFunction;
import dev.chipray.ctype.FrameAccess;
import dev.chipray.ctype.LocalVariable;
import dev.chipray.ctype.Scope;
import dev.chipray.dwarf.location.Location;
import dev.chipray.dwarf.location.Outcome;
import dev.chipray.target.rsp.Batch;
import dev.chipray.trace.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where functions that allocate tell their arguments and their result; for one thread.
///
/// Where debug information says that the arguments are still in registers at every return instruction, one stop there
/// tells all. Elsewhere a call is two stops: at the entry, and where it returns to. What an allocator does by calling
/// another one, or itself, is not told again.
final class FunctionSites {

    private final Program program;
    private final AllocationLog log;
    private final CallingConvention convention;
    private final Consumer<Site> insert;
    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<Long, Boolean> returnSites = new HashMap<>();

    /// A call that has begun.
    private record Call(
            AllocatorFunction function, Stop entry, long old, long size, long stackAfter) {}

    /// @param insert makes the target stop at one more place, while it stands
    FunctionSites(Program program, AllocationLog log, Consumer<Site> insert) {
        this.program = program;
        this.log = log;
        this.convention = new CallingConvention(program.architecture());
        this.insert = insert;
    }

    /// The places of a function.
    List<Site> sites(AllocatorFunction function, Program.Function code, CodeBytes bytes) {
        if (function.role().equals("free")) {
            return List.of(new Free(function, code.start()));
        }
        CodeBytes.Exits exits = bytes.exits(code);
        List<Site> sites = new ArrayList<>();
        if (exits.complete()) {
            for (long address : exits.returns()) {
                Optional<int[]> registers = argumentsAt(function, address);
                if (registers.isEmpty()) {
                    sites.clear();
                    break;
                }
                sites.add(new Return(function, address, registers.get()));
            }
        }
        return sites.isEmpty() ? List.of(new Entry(function, code.start())) : sites;
    }

    /// Whether a function is followed by one stop a call.
    static boolean isOneStop(List<Site> sites) {
        return !(sites.getFirst() instanceof Entry);
    }

    /// The registers in which the arguments of interest are before an instruction, in the order old, size, count.
    private Optional<int[]> argumentsAt(AllocatorFunction function, long address) {
        List<Scope> scopes = program.variables().at(address - program.bias());
        if (scopes.isEmpty()) {
            return Optional.empty();
        }
        List<LocalVariable> parameters =
                scopes.getLast().variables().stream().filter(LocalVariable::parameter).toList();
        int[] wanted = {function.old(), function.size(), function.count()};
        int[] registers = new int[wanted.length];
        FrameAccess frame = new NoFrame(address, program.bias());
        for (int i = 0; i < wanted.length; i++) {
            registers[i] = -1;
            if (wanted[i] == 0) {
                continue;
            }
            if (wanted[i] > parameters.size()
                    || !(program.variables().locate(parameters.get(wanted[i] - 1), frame)
                            instanceof Outcome.Found(Location.InRegister(int register)))) {
                return Optional.empty();
            }
            registers[i] = register;
        }
        return Optional.of(registers);
    }

    /// A frame of which nothing but its place in the code is known.
    private record NoFrame(long lookupAddress, long loadBias) implements FrameAccess {
        @Override
        public long programCounter() {
            return lookupAddress;
        }

        @Override
        public RegisterReader registers() {
            return RegisterReader.empty();
        }

        @Override
        public OptionalLong canonicalFrameAddress() {
            return OptionalLong.empty();
        }

        @Override
        public MemoryReader memory() {
            return MemoryReader.empty();
        }

        @Override
        public Optional<FrameAccess> caller() {
            return Optional.empty();
        }
    }

    private void tell(AllocatorFunction function, long old, long size, long result, Stop stop) {
        if (function.size() == 0 || (function.old() != 0 && size == 0)) {
            freed(old, stop);
        } else if (result == 0) {
            // Nothing happened: there was no memory.
        } else if (function.old() == 0 || old == 0) {
            log.event(EventKind.ALLOCATE, result, size, stop);
        } else if (old == result) {
            log.event(EventKind.RESIZE, result, size, stop);
        } else {
            freed(old, stop);
            log.event(EventKind.ALLOCATE, result, size, stop);
        }
    }

    private void freed(long old, Stop stop) {
        if (old != 0) {
            log.event(EventKind.FREE, old, 0, stop);
        }
    }

    /// The first instruction of a function that frees.
    private final class Free implements Site {

        private final AllocatorFunction function;
        private final long address;

        Free(AllocatorFunction function, long address) {
            this.function = function;
            this.address = address;
        }

        @Override
        public long address() {
            return address;
        }

        private long old(Stop stop) {
            return convention.argument(stop.registers(), function.old() - 1).orElse(0);
        }

        @Override
        public boolean wantsStack(Stop stop) {
            return old(stop) != 0;
        }

        @Override
        public void tell(Stop stop, Batch batch) {
            if (!isInner(stop)) {
                freed(old(stop), stop);
            }
        }
    }

    /// Whether a stop is below a call that has begun; calls that were left by a jump are forgotten.
    private boolean isInner(Stop stop) {
        while (!calls.isEmpty()
                && Long.compareUnsigned(calls.peek().stackAfter(), stop.stackPointer()) < 0) {
            calls.pop();
        }
        return !calls.isEmpty() && calls.peek().stackAfter() - stop.stackPointer() < 1 << 16;
    }

    /// A return instruction at which everything is known.
    private final class Return implements Site {

        @Override
        public boolean isReturn() {
            return true;
        }

        private final AllocatorFunction function;
        private final long address;
        private final int[] arguments;

        Return(AllocatorFunction function, long address, int[] arguments) {
            this.function = function;
            this.address = address;
            this.arguments = arguments.clone();
        }

        @Override
        public long address() {
            return address;
        }

        private long value(Stop stop, int index) {
            return arguments[index] < 0 ? 0 : stop.registers().read(arguments[index]).orElse(0);
        }

        @Override
        public void tell(Stop stop, Batch batch) {
            long size = value(stop, 1) * (function.count() == 0 ? 1 : value(stop, 2));
            FunctionSites.this.tell(
                    function,
                    value(stop, 0),
                    size,
                    convention.result(stop.registers()).orElse(0),
                    stop);
        }
    }

    /// The first instruction of a function whose result shows only where it returns to.
    private final class Entry implements Site {

        private final AllocatorFunction function;
        private final long address;
        private @Nullable Call call;

        Entry(AllocatorFunction function, long address) {
            this.function = function;
            this.address = address;
        }

        @Override
        public long address() {
            return address;
        }

        private long argument(Stop stop, int index) {
            return index == 0 ? 0 : convention.argument(stop.registers(), index - 1).orElse(0);
        }

        @Override
        public boolean needsStackFirst() {
            return program.architecture().link() < 0;
        }

        @Override
        public void ask(Stop stop, Batch batch) {
            call = null;
            if (isInner(stop)) {
                return;
            }
            OptionalLong back = convention.returnAddress(stop.registers(), stop.memory());
            if (back.isEmpty()) {
                return;
            }
            long size = argument(stop, function.size());
            if (function.count() != 0) {
                size *= argument(stop, function.count());
            }
            call =
                    new Call(
                            function,
                            stop,
                            argument(stop, function.old()),
                            size,
                            convention.stackAfterReturn(stop.stackPointer()));
            if (returnSites.putIfAbsent(back.getAsLong(), true) == null) {
                insert.accept(new Back(back.getAsLong()));
            }
        }

        @Override
        public void tell(Stop stop, Batch batch) {
            if (call != null) {
                calls.push(call);
            }
        }
    }

    /// Where a call returns to.
    private final class Back implements Site {

        private final long address;

        Back(long address) {
            this.address = address;
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public boolean wantsStack(Stop stop) {
            return false;
        }

        @Override
        public void tell(Stop stop, Batch batch) {
            while (!calls.isEmpty()
                    && Long.compareUnsigned(calls.peek().stackAfter(), stop.stackPointer()) < 0) {
                calls.pop();
            }
            if (!calls.isEmpty() && calls.peek().stackAfter() == stop.stackPointer()) {
                Call call = calls.pop();
                FunctionSites.this.tell(
                        call.function(),
                        call.old(),
                        call.size(),
                        convention.result(stop.registers()).orElse(0),
                        call.entry());
            }
        }
    }
}
