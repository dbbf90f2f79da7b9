package dev.chipray.capture.internal;

import dev.chipray.bytes.UnsupportedException;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.GcArea;
import dev.chipray.interpreters.micropython.MicroPython;
import dev.chipray.recording.RecordingWriter;
import dev.chipray.target.rsp.Batch;
import dev.chipray.target.rsp.RspTarget;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.EventKind;
import dev.chipray.trace.StackTable;
import dev.chipray.trace.TraceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Where MicroPython's and CircuitPython's collected heap changes, and what a stop there tells; for one thread.
///
/// One stop an event: `gc_alloc` and `gc_realloc` where they return, `gc_free` where it begins, and one stop where a
/// collection ends. How long an allocation became stands in the allocation table, which is read together with the stack;
/// what a collection took is the difference between that table and the blocks known so far.
final class MicroPythonSites {

    /// 1,024 blocks: nearly every allocation ends within; longer ones are measured at the next stop.
    private static final int TABLE_BYTES = 256;

    private final Program program;
    private final RspTarget target;
    private final AllocationLog log;
    private final RecordingWriter writer;
    private final CallingConvention convention;
    private final OptionalLong lockDepth;
    private final int lockBytes;
    private MicroPythonBlocks blocks = new MicroPythonBlocks(List.of());
    private @Nullable Unfinished unfinished;
    private long unknownBlocks;

    /// An event whose rest shows at the next stop.
    private record Unfinished(Stop stop, int block, boolean isFree, boolean isResize) {}

    MicroPythonSites(Program program, RspTarget target, AllocationLog log, RecordingWriter writer) {
        this.program = program;
        this.target = target;
        this.log = log;
        this.writer = writer;
        this.convention = new CallingConvention(program.architecture());
        Lock lock = lock(program.layouts());
        this.lockDepth = lock.address();
        this.lockBytes = lock.bytes();
    }

    private record Lock(OptionalLong address, int bytes) {}

    /// The lock's depth is a member of the heap's state, and of each thread's since 1.18.
    private static Lock lock(Layouts layouts) {
        OptionalLong context = layouts.symbol("mp_state_ctx");
        for (String part : List.of("thread", "mem")) {
            var outer = layouts.struct("mp_state_ctx_t").flatMap(s -> s.field(part));
            var inner =
                    layouts.struct("mp_state_" + part + "_t")
                            .flatMap(s -> s.field("gc_lock_depth"));
            if (context.isPresent() && outer.isPresent() && inner.isPresent()) {
                return new Lock(
                        OptionalLong.of(
                                context.getAsLong() + outer.get().offset() + inner.get().offset()),
                        (int) inner.get().size());
            }
        }
        return new Lock(OptionalLong.empty(), 0);
    }

    /// All places, those without which a capture makes no sense first.
    List<Site> sites(CodeBytes code) {
        List<Site> sites = new ArrayList<>();
        Program.Function alloc = required("gc_alloc");
        addReturns(sites, code, alloc, Allocation::new);
        sites.add(new Free(required("gc_free").start()));
        Program.Function collect =
                program.function("gc_collect_end")
                        .or(() -> program.function("gc_collect"))
                        .orElseThrow(MicroPythonSites::noCollector);
        addReturns(sites, code, collect, Sweep::new);
        program.function("gc_realloc")
                .ifPresent(function -> addReturns(sites, code, function, Resize::new));
        program.function("gc_init")
                .ifPresent(function -> addReturns(sites, code, function, Beginning::new));
        return sites;
    }

    private Program.Function required(String name) {
        return program.function(name).orElseThrow(MicroPythonSites::noCollector);
    }

    private static UnsupportedException noCollector() {
        return new UnsupportedException(
                "no gc_alloc, gc_free and gc_collect_end in the firmware's symbols",
                "give an ELF of MicroPython or CircuitPython that is not stripped, or name the allocator with --alloc");
    }

    private interface Maker {
        Site at(long address);
    }

    private static void addReturns(
            List<Site> sites, CodeBytes code, Program.Function function, Maker maker) {
        List<Long> returns = code.exits(function).returns();
        if (returns.isEmpty()) {
            throw new UnsupportedException(
                    "no return instruction was found in " + function.name(),
                    "name the allocator with --alloc");
        }
        for (long address : returns) {
            sites.add(maker.at(address));
        }
    }

    /// Looks at the heap as it is; the target stands. What is alive already is told as allocated before the recording.
    void begin(Stop now) {
        readAreas();
        tellAlive(now);
    }

    private void readAreas() {
        MicroPython python = MicroPython.open(target.memory(), program.layouts());
        blocks = new MicroPythonBlocks(python.areas());
        writer.info(
                new TraceInfo(
                        TraceInfo.Unit.BLOCKS,
                        blocks.blockSize(),
                        blocks.size(),
                        TraceInfo.TimeUnit.MICROSECONDS));
    }

    private void tellAlive(Stop now) {
        for (int i = 0; i < blocks.areas().size(); i++) {
            GcArea area = blocks.areas().get(i);
            for (int block = 0; block < area.blocks(); block++) {
                if (area.isHead(block)) {
                    int length = area.length(block);
                    blocks.set(blocks.base(i) + block, length);
                    log.before(blocks.base(i) + block, length, now);
                }
            }
        }
    }

    /// Looks at what only the next stop can show; the target stands.
    void finish(@Nullable Stop next) {
        Unfinished open = unfinished;
        if (open == null) {
            return;
        }
        unfinished = null;
        byte[] table = new byte[blocks.tableBytesFrom(open.block())];
        int read = target.memory().read(blocks.tableByte(open.block()), table, 0, table.length);
        byte[] sound = java.util.Arrays.copyOf(table, read);
        if (open.isFree()) {
            boolean reused =
                    next != null
                            && blocks.at(convention.result(next.registers()).orElse(0))
                                    == open.block();
            int kind = MicroPythonBlocks.kind(sound, open.block(), open.block());
            if (reused || !(kind == GcArea.HEAD || kind == GcArea.MARK)) {
                freed(open.block(), open.stop());
            }
        } else {
            grown(open.block(), length(sound, open.block()), open.stop());
        }
    }

    /// Blocks from a head to the end of its tails, -1 where the bytes end before.
    private int length(byte[] table, int block) {
        int length = 1;
        int most = 4 * table.length - (block & 3);
        while (length < most
                && MicroPythonBlocks.kind(table, block, block + length) == GcArea.TAIL) {
            length++;
        }
        boolean cut = length == most && table.length < blocks.tableBytesFrom(block);
        return cut ? -1 : length;
    }

    private void grown(int block, int length, Stop stop) {
        if (blocks.length(block) == 0) {
            blocks.set(block, length);
            log.event(EventKind.ALLOCATE, block, length, stop);
        } else if (blocks.length(block) != length) {
            blocks.set(block, length);
            log.event(EventKind.RESIZE, block, length, stop);
        }
    }

    private void freed(int block, Stop stop) {
        if (blocks.length(block) > 0) {
            blocks.set(block, 0);
            log.event(EventKind.FREE, block, 0, stop);
        }
    }

    /// What the capture noticed about itself.
    List<Diagnostic> diagnostics() {
        return unknownBlocks == 0
                ? List.of()
                : List.of(
                        Diagnostic.warning(
                                "",
                                "%,d allocations were found by collections only: the firmware allocates by code that was inlined"
                                        .formatted(unknownBlocks)));
    }

    /// A return of `gc_alloc` or `gc_realloc`, where the table says what became of the block.
    private abstract class Return implements Site {

        @Override
        public boolean isReturn() {
            return true;
        }

        private final long address;
        private int table = -1;

        Return(long address) {
            this.address = address;
        }

        @Override
        public long address() {
            return address;
        }

        int block(Stop stop) {
            return blocks.at(convention.result(stop.registers()).orElse(0));
        }

        @Override
        public boolean wantsStack(Stop stop) {
            return convention.result(stop.registers()).orElse(0) != 0;
        }

        @Override
        public void ask(Stop stop, Batch batch) {
            table = -1;
            long result = convention.result(stop.registers()).orElse(0);
            if (result != 0 && block(stop) < 0) {
                // The heap was made, or has grown, since it was looked at.
                MicroPythonBlocks old = blocks;
                readAreas();
                carryOver(old);
            }
            int block = block(stop);
            if (block >= 0) {
                table =
                        batch.read(
                                blocks.tableByte(block),
                                Math.min(TABLE_BYTES, blocks.tableBytesFrom(block)));
            }
        }

        @Override
        public void tell(Stop stop, Batch batch) {
            if (table < 0) {
                return;
            }
            int block = block(stop);
            int length = length(batch.bytes(table), block);
            if (length < 0) {
                unfinished = new Unfinished(stop, block, false, isResize());
                return;
            }
            tell(stop, block, length);
        }

        abstract boolean isResize();

        abstract void tell(Stop stop, int block, int length);
    }

    private void carryOver(MicroPythonBlocks old) {
        for (int i = 0; i < Math.min(old.areas().size(), blocks.areas().size()); i++) {
            GcArea area = old.areas().get(i);
            if (area.poolStart() != blocks.areas().get(i).poolStart()) {
                return;
            }
            for (int block = 0;
                    block < area.blocks() && block < blocks.areas().get(i).blocks();
                    block++) {
                blocks.set(blocks.base(i) + block, old.length(old.base(i) + block));
            }
        }
    }

    private final class Allocation extends Return {

        Allocation(long address) {
            super(address);
        }

        @Override
        boolean isResize() {
            return false;
        }

        @Override
        void tell(Stop stop, int block, int length) {
            blocks.set(block, length);
            log.event(EventKind.ALLOCATE, block, length, stop);
        }
    }

    private final class Resize extends Return {

        Resize(long address) {
            super(address);
        }

        @Override
        boolean isResize() {
            return true;
        }

        @Override
        void tell(Stop stop, int block, int length) {
            // Where it moved, gc_alloc and gc_free have told all of it.
            grown(block, length, stop);
        }
    }

    private final class Free implements Site {

        private final long address;
        private int depth = -1;

        Free(long address) {
            this.address = address;
        }

        @Override
        public long address() {
            return address;
        }

        private int block(Stop stop) {
            return blocks.at(convention.argument(stop.registers(), 0).orElse(0));
        }

        @Override
        public boolean wantsStack(Stop stop) {
            return block(stop) >= 0;
        }

        @Override
        public void ask(Stop stop, Batch batch) {
            depth =
                    lockDepth.isPresent() && block(stop) >= 0
                            ? batch.read(lockDepth.getAsLong(), lockBytes)
                            : -1;
        }

        @Override
        public void tell(Stop stop, Batch batch) {
            int block = block(stop);
            if (block < 0) {
                return;
            }
            boolean locked = false;
            if (depth >= 0) {
                for (byte one : batch.bytes(depth)) {
                    locked |= one != 0;
                }
            }
            if (locked) {
                // Old firmware ignores this call, new firmware only sometimes; the table will tell.
                unfinished = new Unfinished(stop, block, true, false);
            } else {
                freed(block, stop);
            }
        }
    }

    /// The end of a collection.
    private final class Sweep implements Site {

        @Override
        public boolean isReturn() {
            return true;
        }

        private final long address;
        private final List<Integer> tables = new ArrayList<>();

        Sweep(long address) {
            this.address = address;
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public void ask(Stop stop, Batch batch) {
            tables.clear();
            for (GcArea area : blocks.areas()) {
                tables.add(batch.read(area.allocationTable(), (int) area.allocationTableBytes()));
            }
        }

        @Override
        public void tell(Stop stop, Batch batch) {
            for (int i = 0; i < tables.size(); i++) {
                byte[] table = batch.bytes(tables.get(i));
                int known = Math.min(4 * table.length, blocks.areas().get(i).blocks());
                for (int block = 0; block < known; block++) {
                    int kind = MicroPythonBlocks.kind(table, 0, block);
                    boolean head = kind == GcArea.HEAD || kind == GcArea.MARK;
                    int number = blocks.base(i) + block;
                    if (blocks.length(number) > 0 && !head) {
                        blocks.set(number, 0);
                        log.event(EventKind.SWEEP, number, 0, stop);
                    } else if (head && blocks.length(number) == 0) {
                        unknownBlocks++;
                        blocks.set(number, 1);
                    }
                }
            }
        }
    }

    /// The end of `gc_init`: whatever was alive is no more, as after a soft reset.
    private final class Beginning implements Site {

        private final long address;

        Beginning(long address) {
            this.address = address;
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public void ask(Stop stop, Batch batch) {
            for (int block = 0; block < blocks.size(); block++) {
                if (blocks.length(block) > 0) {
                    log.record(EventKind.IMPLIED_FREE, block, 0, stop.time(), StackTable.EMPTY);
                }
            }
            readAreas();
        }

        @Override
        public void tell(Stop stop, Batch batch) {}
    }
}
