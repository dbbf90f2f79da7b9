# Logs every change of an interpreter's heap, for Chipray. gdb commands in Python, for any gdb from version 9 on.
#
#   gdb -batch firmware.elf -ex 'target extended-remote :1234' -x gc-log.py > gc.log
#
# Runs until the program stops for another reason: a breakpoint of yours, its end, Ctrl-C.
#
# Where the firmware calls gc_log_change(start_block, length), that is logged. Where it does not, MicroPython's gc_alloc,
# gc_realloc, gc_free and gc_collect are watched by name, and what each of them did is found by comparing the heap's allocation
# table before and after. Structure layouts come from the debug information; nothing here depends on a firmware's lines,
# offsets or addresses.
#
# SPDX-License-Identifier: Apache-2.0

import re
import sys

import gdb

SETTINGS = (
    "pagination off",
    "width 0",
    "confirm off",
    "print frame-arguments none",
    "print entry-values no",
    "print symbol-filename off",
    "backtrace past-main off",
)


def note(text):
    sys.stderr.write("gc-log: %s\n" % text)


def value_of(expression):
    """The value of an expression as a number, or None where the firmware does not know it."""
    try:
        return int(gdb.parse_and_eval(expression))
    except (gdb.error, gdb.MemoryError):
        return None


def write_event(time, kind, start, length):
    gdb.write("chipray %s %s %d %d\n" % ("-" if time is None else time, kind, start, length))
    gdb.execute("backtrace")
    gdb.write("\n")


class Hook(gdb.Breakpoint):
    """The breakpoint in gc_log_change: one event a stop."""

    def __init__(self, function):
        super().__init__(function, internal=True)
        self.silent = True
        # The hook of ../c tells the kind and the time; others leave the kind to the call stack.
        self.tells_kind = value_of("chipray_gc_kind") is not None
        self.calls = value_of("chipray_gc_calls")

    def stop(self):
        kind, time = "change", None
        if self.tells_kind:
            # "CHIPRAY_GC_KIND_ALLOC": the names come from the firmware's debug information.
            kind = str(gdb.parse_and_eval("chipray_gc_kind")).rpartition("_")[2].lower()
            time = value_of("chipray_gc_ticks")
            calls = value_of("chipray_gc_calls")
            if calls == self.calls:
                # An interrupt came in as gdb resumed, and brought the same call to the breakpoint once more.
                return False
            self.calls = calls
        start, length = value_of("start_block"), value_of("length")
        if start is None or length is None:
            note("gc_log_change has no readable arguments here; compile it with -g")
            return False
        write_event(time, kind, start, length)
        return False


class Heap:
    """The allocation table of MicroPython's collector: which runs of blocks are taken."""

    # Two bits a block, four blocks a byte: 0 free, 1 head, 2 tail, 3 head that is marked.
    KINDS = [bytes((b >> shift) & 3 for shift in (0, 2, 4, 6)) for b in range(256)]
    BLOCKS_A_BYTE = 4
    RUN = re.compile(rb"[\x01\x03]\x02*")

    def __init__(self):
        self.tables = {}
        self.runs = {}

    @staticmethod
    def areas():
        """(start of table, its bytes, start of pool, end of pool) for each area of the heap."""
        memory = gdb.parse_and_eval("mp_state_ctx")["mem"]
        names = [field.name for field in memory.type.fields()]
        area = memory["area"] if "area" in names else memory
        seen = set()
        while True:
            pool = int(area["gc_pool_start"])
            if pool == 0 or pool in seen:
                return
            seen.add(pool)
            yield (
                int(area["gc_alloc_table_start"]),
                int(area["gc_alloc_table_byte_len"]),
                pool,
                int(area["gc_pool_end"]),
            )
            if "next" not in [field.name for field in area.type.fields()] or int(area["next"]) == 0:
                return
            area = area["next"].dereference()

    def measures(self):
        """Block size in bytes and number of blocks of the heap that is there now; zeros where there is none."""
        size, blocks = 0, 0
        for _, length, pool, end in self.areas():
            if length:
                size = (end - pool) // (length * self.BLOCKS_A_BYTE)
                blocks += length * self.BLOCKS_A_BYTE
        return size, blocks

    def update(self):
        """Reads the tables; gives what changed as (ended runs, begun runs, changed runs), each {start: length}."""
        memory = gdb.selected_inferior()
        tables = {}
        for table, length, pool, end in self.areas():
            if 0 < length < 1 << 24 and end > pool:
                size = (end - pool) // (length * self.BLOCKS_A_BYTE)
                tables[pool] = (end, max(size, 1), bytes(memory.read_memory(table, length)))
        if tables == self.tables:
            return {}, {}, {}
        several = len(tables) > 1
        runs = {}
        for pool, (_, size, table) in tables.items():
            base = pool // size if several else 0
            kinds = b"".join(map(self.KINDS.__getitem__, table))
            for run in self.RUN.finditer(kinds):
                runs[base + run.start()] = run.end() - run.start()
        before, self.runs, self.tables = self.runs, runs, tables
        ended = {start: length for start, length in before.items() if start not in runs}
        begun = {start: length for start, length in runs.items() if start not in before}
        changed = {
            start: length for start, length in runs.items() if before.get(start, length) != length
        }
        return ended, begun, changed


class Return(gdb.FinishBreakpoint):
    """The return of a watched function: what it did to the table is an event."""

    def __init__(self, watch, frame):
        super().__init__(frame, internal=True)
        self.silent = True
        self.watch = watch

    def stop(self):
        self.watch.returned()
        return False


class Watch(gdb.Breakpoint):
    """The entry of a function of the collector, watched by name."""

    def __init__(self, log, function):
        super().__init__(function, internal=True)
        self.silent = True
        self.log = log
        self.function = function

    def stop(self):
        frame = gdb.newest_frame()
        if self.function == "gc_init":
            self.log.heap_begins()
        elif frame.type() == gdb.NORMAL_FRAME and frame.older() is not None:
            self.log.compare("free")
            Return(self, frame)
        else:
            self.log.inlined(self.function)
        return False

    def returned(self):
        # A gc_realloc that moves frees the old place; all the others end blocks only by collecting.
        frees = self.function in ("gc_free", "gc_realloc")
        self.log.compare("free" if frees else "sweep")


class TableLog:
    """Events from comparing the allocation table at the entry and at the return of the collector's functions."""

    FUNCTIONS = ("gc_init", "gc_alloc", "gc_realloc", "gc_free", "gc_collect", "gc_sweep_all")

    def __init__(self):
        self.heap = Heap()
        self.measures = (0, 0)
        self.warned = set()
        self.watches = []
        for function in self.FUNCTIONS:
            if gdb.lookup_global_symbol(function) is not None:
                self.watches.append(Watch(self, function))
        # What was there before the log began is told without a call stack.
        for start, length in sorted(self.update()[1].items()):
            gdb.write("chipray - alloc %d %d\n\n" % (start, length))

    def update(self):
        try:
            changes = self.heap.update()
            measures = self.heap.measures()
        except gdb.MemoryError:
            note("the heap's tables could not be read at this stop")
            return {}, {}, {}
        if measures != self.measures and all(measures):
            self.measures = measures
            gdb.write("chipray heap %d %d\n\n" % measures)
        return changes

    def heap_begins(self):
        """gc_init clears the table without telling: what was taken ends here."""
        for start in sorted(self.heap.runs):
            write_event(None, "sweep", start, 0)
        self.heap.runs, self.heap.tables = {}, {}

    def compare(self, kind_of_ended):
        ended, begun, changed = self.update()
        for start in sorted(ended):
            write_event(None, kind_of_ended, start, 0)
        for start in sorted(changed):
            write_event(None, "resize", start, changed[start])
        for start in sorted(begun):
            write_event(None, "alloc", start, begun[start])

    def inlined(self, function):
        if function not in self.warned:
            self.warned.add(function)
            note("%s was inlined somewhere; its changes there show at the next stop" % function)


def main():
    for setting in SETTINGS:
        gdb.execute("set " + setting)
    if gdb.lookup_global_symbol("gc_log_change") is not None:
        watched = Hook("gc_log_change")
        note("logging gc_log_change")
    elif gdb.lookup_global_symbol("gc_alloc") is not None:
        watched = TableLog()
        note("no gc_log_change here; watching the collector's functions by name")
    else:
        note("neither gc_log_change nor gc_alloc in this ELF; was it built with -g?")
        return
    try:
        gdb.execute("continue")
    except (gdb.error, KeyboardInterrupt) as error:
        note(str(error) or "interrupted")
    del watched


main()
