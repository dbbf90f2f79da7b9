# Stops a program again and again, and prints its frames, registers and stack, and what gdb says of each variable.
# Arguments: the number of stops, functions to stop in (separated by commas), register names in DWARF order.
import gdb
import random

stops = int(gdb.convenience_variable("argument0").string())
functions = gdb.convenience_variable("argument1").string().split(",")
registers = gdb.convenience_variable("argument2").string().split(",")
random.seed(7)
inferior = gdb.selected_inferior()
program = gdb.objfiles()[0]
data = []


def memory(start, end):
    try:
        print("memory %x %s" % (start, bytes(inferior.read_memory(start, end - start)).hex()))
    except gdb.error:
        pass


def physical(frame):
    while frame.type() == gdb.INLINE_FRAME:
        frame = frame.older()
    return frame


def word(value):
    return int(value.cast(gdb.lookup_type("unsigned long"))) & (2**64 - 1)


def describe(value):
    """What gdb knows of a value: its number, its place, or that it is gone."""
    try:
        value.fetch_lazy()
        if value.is_optimized_out:
            return "gone"
        kind = value.type.strip_typedefs()
        if kind.code in (gdb.TYPE_CODE_INT, gdb.TYPE_CODE_PTR, gdb.TYPE_CODE_ENUM, gdb.TYPE_CODE_BOOL, gdb.TYPE_CODE_CHAR):
            return "number %x" % (int(value) & (2 ** (8 * kind.sizeof) - 1))
        if value.address is not None:
            return "place %x" % int(value.address)
        return "other"
    except gdb.error as problem:
        text = str(problem)
        return "gone" if "optimized out" in text or "entry value" in text else "error " + text.replace("\n", " ")


def dump():
    frames = []
    frame = gdb.newest_frame()
    while frame is not None and frame.is_valid() and len(frames) < 40:
        frames.append(frame)
        frame = frame.older()
    # gdb may have left a line of its own without an end.
    print("\nstop")
    low = None
    high = 0
    bases = [f for f in frames if f.type() != gdb.INLINE_FRAME]
    for number, base in enumerate(bases):
        print("frame %x" % base.pc())
        for index, name in enumerate(registers):
            try:
                value = base.read_register(name)
                if not value.is_optimized_out:
                    print("register %d %x" % (index, word(value)))
            except (gdb.error, ValueError):
                pass
        try:
            stack = word(base.read_register("sp"))
            low = stack if low is None else min(low, stack)
            high = max(high, stack)
        except gdb.error:
            pass
    memory(low - 128, high + 512)
    for start, end in data:
        memory(start, end)
    for number, frame in enumerate(frames):
        base = bases.index(physical(frame)) if physical(frame) in bases else -1
        function = frame.function()
        if function is None or base < 0 or base == len(bases) - 1 or function.symtab.objfile != program:
            continue
        print("function %d %d %s" % (base, 1 if frame.type() == gdb.INLINE_FRAME else 0, frame.function().name))
        try:
            block = frame.block()
        except RuntimeError:
            continue
        while block is not None:
            for symbol in block:
                if (symbol.is_argument or symbol.is_variable) and symbol.addr_class not in (
                    gdb.SYMBOL_LOC_UNRESOLVED,
                ):
                    print("variable %s %d %s" % (symbol.name, symbol.type.strip_typedefs().sizeof, describe(symbol.value(frame))))
            if block.function is not None:
                break
            block = block.superblock


# The caller of main is needed for the frame address of main.
gdb.execute("set backtrace past-main on")
for function in functions:
    try:
        gdb.execute("break " + function, to_string=True)
    except gdb.error:
        pass
for stop in range(stops):
    try:
        gdb.execute("continue", to_string=True)
        gdb.execute("stepi %d" % random.randint(1, 40), to_string=True)
    except gdb.error:
        break
    if stop == 0:
        for line in gdb.execute("info files", to_string=True).splitlines():
            parts = line.split()
            if len(parts) == 5 and parts[4] == ".text":
                print("text %x" % int(parts[0], 16))
            if len(parts) == 5 and parts[4] in (".data", ".bss", ".rodata", ".data.rel.ro"):
                data.append((int(parts[0], 16), min(int(parts[2], 16), int(parts[0], 16) + 32768)))
    dump()
gdb.execute("kill", to_string=True)
