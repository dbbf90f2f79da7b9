package dev.chipray.interpreters.micropython.internal;

import dev.chipray.heap.LabelKind;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.Layouts.Field;
import dev.chipray.interpreters.Layouts.Shape;
import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.Prelude;
import java.util.Optional;

/// Walks through one object: its parts and the objects that it refers to.
final class ObjectWalker {
    private static final int NAME_LIMIT = 40;
    private static final int NESTING_LIMIT = 8;

    private final Snapshot snapshot;
    private final TargetBytes memory;
    private final ObjectWords words;
    private final Values values;
    private final CodeWalker code;

    ObjectWalker(Snapshot snapshot, Values values) {
        this.snapshot = snapshot;
        this.memory = snapshot.memory();
        this.words = snapshot.words();
        this.values = values;
        this.code = new CodeWalker(snapshot);
    }

    /// Walks through the object of a known type at an address, which is `bytes` long.
    void walk(long at, long bytes, ObjectType type, Edges edges) {
        switch (type.kind()) {
            case STR, BYTES ->
                    edges.part(
                            snapshot.view("mp_obj_str_t").get(at, "data"), type.name() + " data");
            case BYTEARRAY, ARRAY ->
                    edges.part(
                            snapshot.view("mp_obj_array_t").get(at, "items"),
                            type.name() + " items");
            case MEMORYVIEW ->
                    edges.pointer(snapshot.view("mp_obj_array_t").get(at, "items"), "items");
            case LIST -> {
                StructView list = snapshot.view("mp_obj_list_t");
                long items = list.get(at, "items");
                edges.part(items, "list items");
                items(items, list.get(at, "len"), LabelKind.ITEM, edges);
            }
            case TUPLE, NAMEDTUPLE -> {
                StructView tuple = snapshot.view("mp_obj_tuple_t");
                long room = (bytes - tuple.offset("items")) / words.size();
                items(
                        at + tuple.offset("items"),
                        Math.min(room, tuple.get(at, "len")),
                        LabelKind.ITEM,
                        edges);
            }
            case DICT ->
                    map(
                            at + snapshot.view("mp_obj_dict_t").offset("map"),
                            LabelKind.KEY,
                            "dict table",
                            edges);
            case SET, FROZENSET -> set(at, edges);
            case INT -> integer(at, edges);
            case INSTANCE -> {
                StructView instance = snapshot.view("mp_obj_instance_t");
                map(at + instance.offset("members"), LabelKind.ATTRIBUTE, "attributes", edges);
                long start = at + instance.offset("subobj");
                items(start, (at + bytes - start) / words.size(), LabelKind.LOCAL, edges);
            }
            case TYPE -> {
                edges.pointer(snapshot.types().slot(at, "locals_dict"), "__dict__");
                edges.pointer(snapshot.types().slot(at, "parent"), "__base__");
                edges.pointer(snapshot.view("mp_obj_type_t").get(at, "bases_tuple"), "__bases__");
            }
            case MODULE -> {
                edges.pointer(snapshot.view("mp_obj_module_t").get(at, "globals"), "__dict__");
                code.constants(at, bytes, edges);
            }
            case FUNCTION, GENERATOR_FUNCTION, NATIVE_FUNCTION ->
                    code.function(at, bytes, type, edges);
            case CLOSURE -> {
                StructView closure = snapshot.view("mp_obj_closure_t");
                edges.word(
                        words.read(memory, at + closure.offset("fun")),
                        LabelKind.FIELD,
                        "function");
                long start = at + closure.offset("closed");
                long room = (at + bytes - start) / words.size();
                items(start, Math.min(room, closure.get(at, "n_closed")), LabelKind.CLOSURE, edges);
            }
            case GENERATOR -> generator(at, bytes, edges);
            case DEQUE -> {
                StructView deque = snapshot.view("mp_obj_deque_t");
                long items = deque.get(at, "items");
                edges.part(items, "deque items");
                items(items, deque.get(at, "alloc"), LabelKind.ITEM, edges);
            }
            case EXCEPTION -> {
                StructView exception = snapshot.view("mp_obj_exception_t");
                edges.pointer(exception.get(at, "args"), "args");
                edges.pointer(exception.get(at, "traceback_data"), "traceback");
                edges.pointer(exception.get(at, "traceback"), "__traceback__");
                edges.pointer(exception.get(at, "cause"), "__cause__");
                edges.pointer(exception.get(at, "context"), "__context__");
            }
            default -> members(at, bytes, type, edges);
        }
    }

    private void items(long start, long count, LabelKind kind, Edges edges) {
        for (long i = 0; i < count; i++) {
            long at = start + i * words.size();
            if (!memory.mapped(at, words.size())) {
                return;
            }
            edges.word(words.read(memory, at), kind, (int) i);
        }
    }

    /// A map: its table and its entries.
    void map(long at, LabelKind kind, String what, Edges edges) {
        StructView map = snapshot.view("mp_map_t");
        long table = map.get(at, "table");
        edges.part(table, what);
        long room = snapshot.allocationAt(table) / words.size() / 2;
        long slots = Math.min(map.get(at, "alloc"), room > 0 ? room : 1 << 16);
        for (long i = 0; i < slots; i++) {
            long slot = table + 2 * i * words.size();
            if (!memory.mapped(slot, 2L * words.size())) {
                return;
            }
            long key = words.read(memory, slot);
            if (Values.isUsed(key)) {
                String name =
                        words.isQstr(key) && kind == LabelKind.ATTRIBUTE
                                ? snapshot.qstrs().text(words.qstr(key))
                                : values.repr(key, NAME_LIMIT);
                if (words.isPointer(key)) {
                    edges.word(key, LabelKind.FIELD, "key " + name);
                }
                edges.word(words.read(memory, slot + words.size()), kind, name);
            }
        }
    }

    private void set(long at, Edges edges) {
        StructView set = snapshot.view("mp_set_t");
        long setAt = at + snapshot.view("mp_obj_set_t").offset("set");
        long table = set.get(setAt, "table");
        edges.part(table, "set table");
        long room = snapshot.allocationAt(table) / words.size();
        items(
                table,
                Math.min(set.get(setAt, "alloc"), room > 0 ? room : 1 << 16),
                LabelKind.ITEM,
                edges);
    }

    private void integer(long at, Edges edges) {
        StructView view = snapshot.view("mp_obj_int_t");
        if (view.has("mpz")) {
            edges.part(snapshot.view("mpz_t").get(at + view.offset("mpz"), "dig"), "int digits");
        }
    }

    private void generator(long at, long bytes, Edges edges) {
        StructView generator = snapshot.view("mp_obj_gen_instance_t");
        StructView state = snapshot.view("mp_code_state_t");
        long stateAt = at + generator.offset("code_state");
        long fun = state.get(stateAt, "fun_bc");
        edges.pointer(fun, "gi_code");
        edges.pointer(state.get(stateAt, "old_globals"), "globals");
        edges.pointer(generator.get(at, "globals"), "globals");
        long start = stateAt + state.offset("state");
        Optional<Prelude> prelude = snapshot.bytecode().ofFunction(fun);
        long room = (at + bytes - start) / words.size();
        items(
                start,
                Math.min(room, prelude.map(Prelude::states).orElse(room)),
                LabelKind.LOCAL,
                edges);
    }

    /// The members of a type that has no rules of its own, as debug information has them; words when it has nothing.
    private void members(long at, long bytes, ObjectType type, Edges edges) {
        Optional<Layouts.Struct> struct =
                type.structure().isEmpty()
                        ? Optional.empty()
                        : snapshot.types().struct(type.structure());
        if (struct.isEmpty() || struct.get().size() == 0) {
            for (long i = memory.wordSize();
                    i + memory.wordSize() <= bytes;
                    i += memory.wordSize()) {
                edges.pointer(memory.word(at + i), "+0x%x".formatted(i));
            }
            return;
        }
        members(at, at + bytes, struct.get(), "", 0, edges);
    }

    private void members(
            long at, long end, Layouts.Struct struct, String prefix, int depth, Edges edges) {
        for (Field field : struct.fields()) {
            long place = at + field.offset();
            String name = prefix + field.name();
            if (field.bitSize() > 0 || place >= end) {
                continue;
            }
            if (Scalars.isObjectWord(field) && field.shape() != Shape.ARRAY) {
                edges.word(words.read(memory, place), LabelKind.FIELD, name);
            } else if (field.shape() == Shape.POINTER) {
                edges.pointer(memory.word(place), name);
            } else if (field.shape() == Shape.ARRAY) {
                array(place, end, field, name, edges);
            } else if (field.shape() == Shape.STRUCT && depth < NESTING_LIMIT) {
                if (!field.type().endsWith("mp_obj_base_t")) {
                    snapshot.types()
                            .struct(field.type())
                            .ifPresent(inner ->
                                    members(place, end, inner, name + ".", depth + 1, edges));
                }
            }
        }
    }

    private void array(long place, long end, Field field, String name, Edges edges) {
        boolean objects = field.type().equals("mp_obj_t");
        if (!objects && field.elementSize() != memory.wordSize()) {
            return;
        }
        long step = Math.max(1, field.elementSize());
        long stop = field.size() > 0 ? Math.min(end, place + field.size()) : end;
        for (long i = place; i + step <= stop; i += step) {
            String item = name + "[" + (i - place) / step + "]";
            if (objects) {
                edges.word(words.read(memory, i), LabelKind.FIELD, item);
            } else {
                edges.pointer(memory.word(i), item);
            }
        }
    }
}
