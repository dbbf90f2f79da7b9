package dev.chipray.interpreters.micropython.internal;

import dev.chipray.heap.LabelKind;
import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.TypeKind;

/// Walks through what compiled code consists of: functions, their bytecode, tables of constants and raw code.
final class CodeWalker {
    private static final int NESTING_LIMIT = 16;

    private final Snapshot snapshot;
    private final TargetBytes memory;
    private final ObjectWords words;

    CodeWalker(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.memory = snapshot.memory();
        this.words = snapshot.words();
    }

    void function(long at, long bytes, ObjectType type, Edges edges) {
        StructView function = snapshot.view("mp_obj_fun_bc_t");
        if (type.structure().endsWith("mp_obj_fun_asm_t")) {
            edges.part(snapshot.view("mp_obj_fun_asm_t").get(at, "fun_data"), "machine code");
            return;
        }
        boolean machine = type.kind() == TypeKind.NATIVE_FUNCTION;
        edges.part(function.get(at, "bytecode"), machine ? "machine code" : "bytecode");
        edges.pointer(function.get(at, "context"), "module");
        edges.pointer(function.get(at, "globals"), "globals");
        table(function.get(at, "child_table"), "raw code table", edges);
        if (snapshot.bytecode().hasConstantTables()) {
            table(function.get(at, "const_table"), "constants", edges);
        }
        long start = at + function.offset("extra_args");
        for (int i = 0;
                function.has("extra_args") && start + (long) (i + 1) * words.size() <= at + bytes;
                i++) {
            edges.word(
                    words.read(memory, start + (long) i * words.size()),
                    LabelKind.FIELD,
                    "default[" + i + "]");
        }
    }

    /// A table of object words and pointers to raw code, as far as its allocation goes.
    private void table(long table, String what, Edges edges) {
        edges.part(table, what);
        long bytes = snapshot.allocationAt(table);
        for (long i = 0; i + memory.wordSize() <= bytes; i += memory.wordSize()) {
            long word = memory.word(table + i);
            if (snapshot.allocationAt(word) == 0) {
                continue;
            }
            if (snapshot.types().of(word).isPresent()) {
                edges.pointer(word, "constant[" + i / memory.wordSize() + "]");
            } else {
                rawCode(word, 0, edges);
            }
        }
    }

    private void rawCode(long at, int depth, Edges edges) {
        StructView raw = snapshot.view("mp_raw_code_t");
        edges.part(at, "raw code");
        if (!raw.exists() || depth > NESTING_LIMIT) {
            return;
        }
        edges.part(raw.get(at, "fun_data"), "bytecode");
        edges.part(raw.get(at, "const_table"), "constants");
        long children = raw.get(at, "children");
        edges.part(children, "raw code table");
        long bytes = snapshot.allocationAt(children);
        for (long i = 0; i + memory.wordSize() <= bytes; i += memory.wordSize()) {
            long child = memory.word(children + i);
            if (snapshot.allocationAt(child) > 0 && snapshot.types().of(child).isEmpty()) {
                rawCode(child, depth + 1, edges);
            }
        }
    }

    /// The tables that a module shares among its functions.
    void constants(long module, long bytes, Edges edges) {
        StructView context = snapshot.view("mp_module_context_t");
        StructView constants = snapshot.view("mp_module_constants_t");
        if (!context.exists() || bytes < context.size()) {
            return;
        }
        long at = module + context.offset("constants");
        edges.part(constants.get(at, "qstr_table"), "name table");
        long table = constants.get(at, "obj_table");
        edges.part(table, "constants");
        // Both tables usually share one allocation; the second starts inside it.
        long start = Math.max(table, 0);
        dev.chipray.interpreters.micropython.GcArea area = snapshot.areaOf(table);
        if (area == null) {
            return;
        }
        int block = area.blockOf(table);
        while (block > 0 && !area.isHead(block)) {
            block--;
        }
        long end = area.address(block) + (long) area.length(block) * area.blockSize();
        for (int i = 0; start + (long) (i + 1) * words.size() <= end; i++) {
            edges.word(
                    words.read(memory, start + (long) i * words.size()),
                    LabelKind.FIELD,
                    "constant[" + i + "]");
        }
    }
}
