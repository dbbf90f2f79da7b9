package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.Prelude;
import java.util.Optional;

/// Reads preludes and line tables of bytecode, in each of their encodings since 1.9; for one thread.
///
/// Three generations: numbers one after the other (until 1.11), packed bit by bit (1.12 to 1.17), and packed with
/// names in a table of the module (since 1.18). Debug information tells which one a firmware has. In the first two,
/// names are numbers of variable length or of two bytes; the functions themselves prove which.
public final class Bytecode {
    private static final int NUMBER_LIMIT = 10;
    private static final int LINE_LIMIT = 1 << 20;

    private enum Generation {
        PLAIN,
        PACKED,
        TABLES
    }

    private final TargetBytes memory;
    private final Qstrs qstrs;
    private final StructView function;
    private final StructView context;
    private final StructView constants;
    private final Generation generation;
    private boolean wideNames;

    /// Where reading has got to.
    private static final class Cursor {
        long at;

        Cursor(long at) {
            this.at = at;
        }
    }

    /// Reads bytecode of a firmware.
    public Bytecode(TargetBytes memory, Layouts layouts, Qstrs qstrs) {
        this.memory = memory;
        this.qstrs = qstrs;
        this.function = StructView.of(memory, layouts, "mp_obj_fun_bc_t", "_mp_obj_fun_bc_t");
        this.context =
                StructView.of(memory, layouts, "mp_module_context_t", "_mp_module_context_t");
        this.constants =
                StructView.of(memory, layouts, "mp_module_constants_t", "_mp_module_constants_t");
        StructView state = StructView.of(memory, layouts, "mp_code_state_t", "_mp_code_state_t");
        if (function.has("context")) {
            generation = Generation.TABLES;
        } else {
            generation = state.has("exc_sp_idx") ? Generation.PACKED : Generation.PLAIN;
        }
    }

    /// Learns from functions whether names take two bytes each; to be called once, before the first prelude is read.
    public void learn(Iterable<Long> functions) {
        if (generation == Generation.TABLES) {
            return;
        }
        int wide = 0;
        int narrow = 0;
        for (long one : functions) {
            wideNames = true;
            wide += plausible(one) ? 1 : 0;
            wideNames = false;
            narrow += plausible(one) ? 1 : 0;
        }
        wideNames = wide > narrow;
    }

    private boolean plausible(long fun) {
        Optional<Prelude> prelude = ofFunction(fun);
        if (prelude.isEmpty() || prelude.get().name().isEmpty()) {
            return false;
        }
        String file = prelude.get().file();
        return file.endsWith(".py") || (file.startsWith("<") && !file.startsWith("<qstr"));
    }

    /// The prelude of the function object at an address; empty when there is no bytecode in the input.
    public Optional<Prelude> ofFunction(long fun) {
        return read(function.get(fun, "bytecode"), function.get(fun, "context"));
    }

    /// The prelude of bytecode at an address in a module's context, which older firmware has not.
    public Optional<Prelude> read(long code, long moduleContext) {
        if (code == 0 || !memory.mapped(code, 4)) {
            return Optional.empty();
        }
        Cursor in = new Cursor(code);
        return Optional.of(
                switch (generation) {
                    case PLAIN -> plain(in);
                    case PACKED, TABLES -> packed(in, moduleContext);
                });
    }

    private Prelude plain(Cursor in) {
        long states = number(in);
        long exceptions = number(in);
        int flags = memory.u8(in.at++);
        int positional = memory.u8(in.at++);
        int keywordOnly = memory.u8(in.at++);
        int defaults = memory.u8(in.at++);
        long info = in.at;
        long infoSize = number(in);
        long end = info + Math.min(infoSize, LINE_LIMIT);
        String name = name(in);
        String file = name(in);
        // The cells that a closure fills stand before the opcodes and belong to what the line table
        // counts.
        return new Prelude(
                states,
                exceptions,
                flags,
                positional,
                keywordOnly,
                defaults,
                name,
                file,
                in.at,
                end,
                end,
                end);
    }

    private Prelude packed(Cursor in, long moduleContext) {
        int z = memory.u8(in.at++);
        long s = z >> 3 & 0xf;
        long e = z >> 2 & 1;
        int a = z & 3;
        int f = 0;
        int k = 0;
        int d = 0;
        for (int n = 0; (z & 0x80) != 0 && n < NUMBER_LIMIT; n++) {
            z = memory.u8(in.at++);
            s |= (long) (z & 0x30) << (2 * n);
            e |= (long) (z & 2) << n;
            f |= (z >> 6 & 1) << n;
            a |= (z & 4) << n;
            k |= (z >> 3 & 1) << n;
            d |= (z & 1) << n;
        }
        long infoSize = 0;
        long cells = 0;
        for (int n = 0; n < NUMBER_LIMIT; n++) {
            z = memory.u8(in.at++);
            cells |= (long) (z & 1) << n;
            infoSize |= (long) (z >> 1 & 0x3f) << (6 * n);
            if ((z & 0x80) == 0) {
                break;
            }
        }
        long end = in.at + Math.min(infoSize, LINE_LIMIT);
        long opcodes = end + Math.min(cells, LINE_LIMIT);
        String name;
        String file;
        if (generation == Generation.TABLES) {
            name = tableName(number(in), moduleContext);
            file = fileName(moduleContext);
            for (int i = 0; i < a + k && in.at < end; i++) {
                number(in);
            }
        } else {
            name = name(in);
            file = name(in);
        }
        return new Prelude(s + 1, e, f, a, k, d, name, file, in.at, end, opcodes, opcodes);
    }

    private String tableName(long index, long moduleContext) {
        long at = moduleContext + context.offset("constants");
        if (!constants.has("qstr_table")) {
            return qstrs.text(index);
        }
        long table = constants.get(at, "qstr_table");
        return index > 0xffff ? "" : qstrs.text(memory.u16(table + 2 * index));
    }

    private String fileName(long moduleContext) {
        long at = moduleContext + context.offset("constants");
        if (!constants.has("qstr_table")) {
            return qstrs.text(constants.get(at, "source_file"));
        }
        long table = constants.get(at, "qstr_table");
        return memory.mapped(table, 2) && table != 0 ? qstrs.text(memory.u16(table)) : "";
    }

    private String name(Cursor in) {
        if (wideNames) {
            // Two bytes, low one first whatever the target is.
            int number = memory.u8(in.at) | memory.u8(in.at + 1) << 8;
            in.at += 2;
            return qstrs.text(number);
        }
        return qstrs.text(number(in));
    }

    private long number(Cursor in) {
        long value = 0;
        for (int i = 0; i < NUMBER_LIMIT; i++) {
            int one = memory.u8(in.at++);
            value = (value << 7) | (one & 0x7f);
            if ((one & 0x80) == 0) {
                break;
            }
        }
        return value;
    }

    /// The source line of an instruction pointer.
    public int line(Prelude prelude, long instruction) {
        long left = instruction - prelude.base();
        long line = 1;
        long at = prelude.lineInfo();
        for (int i = 0; i < LINE_LIMIT && at < prelude.lineInfoEnd(); i++) {
            int c = memory.u8(at);
            int codeStep;
            int lineStep;
            if (c == 0 && generation != Generation.TABLES) {
                break;
            }
            if ((c & 0x80) == 0) {
                codeStep = c & 0x1f;
                lineStep = c >> 5;
                at += 1;
            } else {
                codeStep = c & 0xf;
                lineStep = (c << 4 & 0x700) | memory.u8(at + 1);
                at += 2;
            }
            if (left < codeStep) {
                break;
            }
            left -= codeStep;
            line += lineStep;
        }
        return (int) Math.min(line, Integer.MAX_VALUE);
    }

    /// Whether local variables' names and constants are in a table beside each function, as until 1.17.
    public boolean hasConstantTables() {
        return generation != Generation.TABLES;
    }
}
