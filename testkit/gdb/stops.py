"""Runs inside gdb: stops a program at random instructions and writes what gdb sees there, as lines of
tab-separated fields.

Arguments, as convenience variables: $argument0 output file, $argument1 number of stops, $argument2 seed,
$argument3 largest number of instructions between two stops, $argument4 "variables" or "frames".

A stop is a "stack" line (address, bytes in base64), "register" lines (DWARF number, value), then per frame from the
innermost on a "frame" line and its "variable" lines, and an "end" line. A "value" that has a place is followed by "@"
and its address.
"""

import base64
import random

import gdb

X86 = ["rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp"] + ["r%d" % i for i in range(8, 16)] + ["rip"]
BELOW, ABOVE = 256, 4096


def argument(index):
    return gdb.convenience_variable("argument%d" % index).string()


def register_names(architecture):
    if "x86-64" in architecture:
        return dict(enumerate(X86))
    if "riscv" in architecture:
        names = {i: "x%d" % i for i in range(32)}
        names[4096 + 0x7B1] = "pc"
        names[4096 + 0x341] = "mepc"
        return names
    names = {i: "r%d" % i for i in range(13)}
    names.update({13: "sp", 14: "lr", 15: "pc"})
    names.update({256 + i: "d%d" % i for i in range(16)})
    return names


def number(value, size):
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_FLT:
        return None
    return int(value) & ((1 << (8 * size)) - 1)


def registers(frame, names):
    found = {}
    for key, name in names.items():
        try:
            value = frame.read_register(name)
            if value.is_optimized_out:
                continue
            kind = value.type.strip_typedefs().code
            if kind in (gdb.TYPE_CODE_UNION, gdb.TYPE_CODE_STRUCT):
                value = value["u64"] if name.startswith("d") else value
            if value.type.strip_typedefs().code == gdb.TYPE_CODE_FLT:
                found[str(key)] = int(value.format_string(format="x"), 16)
                continue
            found[str(key)] = int(value) & 0xFFFFFFFFFFFFFFFF
        except (ValueError, gdb.error):
            continue
    return found


SCALARS = (
    gdb.TYPE_CODE_INT, gdb.TYPE_CODE_PTR, gdb.TYPE_CODE_ENUM, gdb.TYPE_CODE_BOOL, gdb.TYPE_CODE_CHAR,
)


def variable(frame, symbol):
    entry = {"name": symbol.name, "line": symbol.line}
    try:
        value = frame.read_var(symbol)
        kind = value.type.strip_typedefs()
        entry["size"] = kind.sizeof
        if kind.code in SCALARS:
            entry["value"] = "%x" % (int(value) & ((1 << (8 * kind.sizeof)) - 1))
            if value.address is not None:
                entry["value"] += "@%x" % int(value.address)
        else:
            address = value.address
            if address is not None:
                entry["address"] = "%x" % int(address)
    except (gdb.error, ValueError, NotImplementedError) as error:
        entry["error"] = str(error)
    return entry


def variables(frame):
    found = []
    try:
        block = frame.block()
    except RuntimeError:
        return found
    while block is not None and not block.is_global and not block.is_static:
        for symbol in block:
            if symbol.is_variable or symbol.is_argument:
                found.append(variable(frame, symbol))
        if block.function is not None:
            break
        block = block.superblock
    return found


KINDS = {gdb.INLINE_FRAME: "inline", gdb.TAILCALL_FRAME: "tailcall", gdb.SIGTRAMP_FRAME: "signal"}


def frames(with_variables):
    found = []
    frame = gdb.newest_frame()
    while frame is not None and frame.is_valid() and len(found) < 200:
        line = frame.find_sal()
        entry = {
            "level": frame.level(),
            "type": KINDS.get(frame.type(), "normal"),
            "pc": "%x" % frame.pc(),
            "sp": "%x" % (int(frame.read_register("sp")) & 0xFFFFFFFFFFFFFFFF),
            "function": frame.name(),
            "file": line.symtab.filename if line.symtab else None,
            "line": line.line,
        }
        if with_variables:
            entry["variables"] = variables(frame)
        found.append(entry)
        try:
            frame = frame.older()
        except gdb.error:
            break
    return found


def stack(pointer):
    inferior = gdb.selected_inferior()
    for above in (ABOVE, 1024, 512, 256, 128, 64, 32, 16, 8):
        try:
            low = (pointer & ~7) - BELOW
            return low, base64.b64encode(inferior.read_memory(low, BELOW + above).tobytes()).decode()
        except gdb.error:
            continue
    low = pointer & ~7
    data = b""
    try:
        while len(data) < ABOVE:
            data += inferior.read_memory(low + len(data), 4).tobytes()
    except gdb.error:
        pass
    return low, base64.b64encode(data).decode()


def main():
    output = argument(0)
    count = int(argument(1))
    chance = random.Random(int(argument(2)))
    largest = int(argument(3))
    with_variables = argument(4) == "variables"
    gdb.execute("set backtrace past-main on")
    gdb.execute("set backtrace past-entry on")
    gdb.execute("set pagination off")
    gdb.execute("set print entry-values no")
    names = register_names(gdb.newest_frame().architecture().name())
    with open(output, "w") as lines:
        for _ in range(count):
            try:
                gdb.execute("stepi %d" % chance.randint(1, largest), to_string=True)
                top = gdb.newest_frame()
            except gdb.error:
                break
            write_stop(lines, top, names, with_variables)


def write(lines, *fields):
    lines.write("\t".join("" if field is None else str(field) for field in fields) + "\n")


def write_stop(lines, top, names, with_variables):
    low, data = stack(int(top.read_register("sp")) & 0xFFFFFFFFFFFFFFFF)
    write(lines, "stack", "%x" % low, data)
    for key, value in registers(top, names).items():
        write(lines, "register", key, "%x" % value)
    for frame in frames(with_variables):
        write(lines, "frame", *[frame[key] for key in ("level", "type", "pc", "sp", "function", "file", "line")])
        for found in frame.get("variables", []):
            kind = next(key for key in ("value", "address", "error", "nothing") if key in found or key == "nothing")
            write(lines, "variable", found["name"], found["line"], found.get("size", 0), kind, found.get(kind, ""))
    write(lines, "end")


main()
