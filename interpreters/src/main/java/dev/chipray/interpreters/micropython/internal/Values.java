package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.TypeKind;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Writes values as Python's `repr` would; for one thread.
///
/// The text is cut after a number of characters, nesting after a depth; a container inside itself is `[...]`.
public final class Values {
    private static final int DEPTH_LIMIT = 8;
    private static final int ITEM_LIMIT = 10_000;

    private final Snapshot snapshot;
    private final TargetBytes memory;
    private final ObjectWords words;
    private final Scalars scalars;

    /// Writes values of a snapshot.
    public Values(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.memory = snapshot.memory();
        this.words = snapshot.words();
        this.scalars = new Scalars(snapshot);
    }

    /// One value being written.
    private static final class Writer {
        final StringBuilder out = new StringBuilder();
        final int limit;
        final Set<Long> path = new HashSet<>();

        Writer(int limit) {
            this.limit = limit;
        }

        boolean isFull() {
            return out.length() > limit;
        }

        String finish() {
            if (!isFull()) {
                return out.toString();
            }
            int cut = Math.max(0, limit - 1);
            if (cut > 0 && Character.isHighSurrogate(out.charAt(cut - 1))) {
                cut--;
            }
            return out.substring(0, cut) + "…";
        }
    }

    /// The object word's value in at most `limit` characters.
    public String repr(long word, int limit) {
        Writer writer = new Writer(limit);
        write(word, writer);
        return writer.finish();
    }

    /// The value of the object at an address, whatever its word would look like.
    public String reprAt(long address, int limit) {
        Writer writer = new Writer(limit);
        writeObject(address, writer);
        return writer.finish();
    }

    private void write(long word, Writer w) {
        if (words.isSmallInt(word)) {
            w.out.append(words.smallInt(word));
        } else if (words.isQstr(word)) {
            long q = words.qstr(word);
            w.out.append(
                    snapshot.qstrs().isValid(q)
                            ? Scalars.quote(snapshot.qstrs().bytes(q), false, w.limit)
                            : "<qstr " + q + ">");
        } else if (words.isImmediate(word)) {
            w.out.append(
                    switch (words.immediate(word)) {
                        case 0 -> "None";
                        case 1 -> "False";
                        case 3 -> "True";
                        default -> "<immediate " + words.immediate(word) + ">";
                    });
        } else if (words.isFloat(word)) {
            w.out.append(Scalars.decimal(words.floatValue(word), words.size() == 4));
        } else if (word == 0) {
            w.out.append("<null>");
        } else {
            writeObject(word, w);
        }
    }

    private void writeObject(long at, Writer w) {
        if (w.isFull()) {
            return;
        }
        Optional<ObjectType> found = snapshot.types().of(at);
        if (found.isEmpty()) {
            w.out.append("<0x%x>".formatted(at));
            return;
        }
        ObjectType type = found.get();
        if (!w.path.add(at)) {
            w.out.append(recursion(type.kind()));
            return;
        }
        if (w.path.size() > DEPTH_LIMIT) {
            w.out.append('…');
        } else {
            writeTyped(at, type, w);
        }
        w.path.remove(at);
    }

    private static String recursion(TypeKind kind) {
        return switch (kind) {
            case LIST -> "[...]";
            case DICT -> "{...}";
            case TUPLE, NAMEDTUPLE -> "(...)";
            default -> "...";
        };
    }

    private void writeTyped(long at, ObjectType type, Writer w) {
        StringBuilder out = w.out;
        switch (type.kind()) {
            case INT, FLOAT, COMPLEX, BOOL, NONE, ELLIPSIS, STR, BYTES, BYTEARRAY, ARRAY, RANGE ->
                    out.append(scalars.text(at, type, w.limit));
            case MEMORYVIEW -> out.append("<memoryview>");
            case TUPLE -> writeTuple(at, w);
            case NAMEDTUPLE -> {
                out.append(type.name());
                writeTuple(at, w);
            }
            case LIST -> {
                StructView list = snapshot.view("mp_obj_list_t");
                out.append('[');
                writeItems(list.get(at, "items"), list.get(at, "len"), w);
                out.append(']');
            }
            case DICT -> writeDict(at, type, w);
            case SET, FROZENSET -> writeSet(at, type, w);
            case SLICE -> writeSlice(at, w);
            case FUNCTION, GENERATOR_FUNCTION ->
                    out.append(
                                    type.kind() == TypeKind.FUNCTION
                                            ? "<function "
                                            : "<generator function ")
                            .append(functionName(at))
                            .append('>');
            case NATIVE_FUNCTION, C_FUNCTION -> writeFunction(at, out);
            case CLOSURE -> {
                out.append("<closure ");
                out.append(
                        functionName(
                                words.read(
                                        memory,
                                        at + snapshot.view("mp_obj_closure_t").offset("fun"))));
                out.append('>');
            }
            case GENERATOR ->
                    out.append("<generator object ").append(generatorName(at)).append('>');
            case BOUND_METHOD -> {
                StructView method = snapshot.view("mp_obj_bound_meth_t");
                out.append("<bound method ");
                write(words.read(memory, at + method.offset("meth")), w);
                out.append(" of ");
                write(words.read(memory, at + method.offset("self")), w);
                out.append('>');
            }
            case CELL -> {
                out.append("<cell ");
                write(words.read(memory, at + snapshot.view("mp_obj_cell_t").offset("obj")), w);
                out.append('>');
            }
            case TYPE -> out.append("<class '").append(className(at)).append("'>");
            case MODULE -> out.append("<module '").append(moduleName(at)).append("'>");
            case EXCEPTION -> {
                out.append(type.name());
                long args = snapshot.view("mp_obj_exception_t").get(at, "args");
                if (args == 0) {
                    out.append("()");
                } else {
                    writeArguments(args, w);
                }
            }
            case INSTANCE, DEQUE, OTHER ->
                    out.append('<').append(type.name()).append(" object at 0x%x>".formatted(at));
        }
    }

    private void writeItems(long items, long length, Writer w) {
        for (long i = 0; i < Math.min(length, ITEM_LIMIT) && !w.isFull(); i++) {
            long at = items + i * words.size();
            if (!memory.mapped(at, words.size())) {
                w.out.append(i == 0 ? "…" : ", …");
                return;
            }
            w.out.append(i == 0 ? "" : ", ");
            write(words.read(memory, at), w);
        }
    }

    private void writeArguments(long tuple, Writer w) {
        StructView view = snapshot.view("mp_obj_tuple_t");
        w.out.append('(');
        writeItems(tuple + view.offset("items"), view.get(tuple, "len"), w);
        w.out.append(')');
    }

    private void writeTuple(long at, Writer w) {
        StructView tuple = snapshot.view("mp_obj_tuple_t");
        long length = tuple.get(at, "len");
        w.out.append('(');
        writeItems(at + tuple.offset("items"), length, w);
        w.out.append(length == 1 ? ",)" : ")");
    }

    private void writeDict(long at, ObjectType type, Writer w) {
        StructView map = snapshot.view("mp_map_t");
        long mapAt = at + snapshot.view("mp_obj_dict_t").offset("map");
        long table = map.get(mapAt, "table");
        long slots = Math.min(map.get(mapAt, "alloc"), ITEM_LIMIT);
        boolean plain = type.symbol().equals("mp_type_dict");
        w.out.append(plain ? "{" : type.name() + "({");
        String separator = "";
        for (long i = 0; i < slots && !w.isFull(); i++) {
            long slot = table + 2 * i * words.size();
            long key = words.read(memory, slot);
            if (isUsed(key)) {
                w.out.append(separator);
                write(key, w);
                w.out.append(": ");
                write(words.read(memory, slot + words.size()), w);
                separator = ", ";
            }
        }
        w.out.append(plain ? "}" : "})");
    }

    /// Neither empty nor deleted; a deleted entry is marked by 4 or, in debug builds, by 8.
    static boolean isUsed(long key) {
        return key != 0 && key != 4 && key != 8;
    }

    private void writeSet(long at, ObjectType type, Writer w) {
        StructView set = snapshot.view("mp_set_t");
        long setAt = at + snapshot.view("mp_obj_set_t").offset("set");
        long table = set.get(setAt, "table");
        long slots = Math.min(set.get(setAt, "alloc"), ITEM_LIMIT);
        if (set.get(setAt, "used") == 0) {
            w.out.append(type.name()).append("()");
            return;
        }
        boolean frozen = type.kind() == TypeKind.FROZENSET;
        w.out.append(frozen ? "frozenset({" : "{");
        String separator = "";
        for (long i = 0; i < slots && !w.isFull(); i++) {
            long item = words.read(memory, table + i * words.size());
            if (isUsed(item)) {
                w.out.append(separator);
                write(item, w);
                separator = ", ";
            }
        }
        w.out.append(frozen ? "})" : "}");
    }

    private void writeSlice(long at, Writer w) {
        StructView slice = snapshot.view("mp_obj_slice_t");
        w.out.append("slice(");
        write(words.read(memory, at + slice.offset("start")), w);
        w.out.append(", ");
        write(words.read(memory, at + slice.offset("stop")), w);
        w.out.append(", ");
        write(words.read(memory, at + slice.offset("step")), w);
        w.out.append(')');
    }

    private void writeFunction(long at, StringBuilder out) {
        Optional<String> symbol = snapshot.layouts().symbolAt(at);
        out.append("<function");
        symbol.ifPresent(name -> out.append(' ').append(name));
        out.append(symbol.isPresent() ? ">" : " at 0x%x>".formatted(at));
    }

    /// The name of a bytecode function.
    public String functionName(long at) {
        return snapshot.bytecode().ofFunction(at).map(p -> p.name()).orElse("?");
    }

    /// The name of the function that a generator runs.
    public String generatorName(long at) {
        StructView generator = snapshot.view("mp_obj_gen_instance_t");
        StructView state = snapshot.view("mp_code_state_t");
        long fun = state.get(at + generator.offset("code_state"), "fun_bc");
        return fun == 0 ? "?" : functionName(fun);
    }

    /// The name of a class.
    public String className(long at) {
        return snapshot.types().at(at).map(ObjectType::name).orElse("?");
    }

    /// The name of a module, from its `__name__`.
    public String moduleName(long at) {
        StructView module = snapshot.view("mp_obj_module_t");
        StructView map = snapshot.view("mp_map_t");
        if (module.has("name")) {
            return snapshot.qstrs().text(module.get(at, "name"));
        }
        long globals = module.get(at, "globals");
        long mapAt = globals + snapshot.view("mp_obj_dict_t").offset("map");
        long table = map.get(mapAt, "table");
        long slots = Math.min(map.get(mapAt, "alloc"), ITEM_LIMIT);
        for (long i = 0; i < slots; i++) {
            long slot = table + 2 * i * words.size();
            long key = words.read(memory, slot);
            if (words.isQstr(key) && snapshot.qstrs().text(words.qstr(key)).equals("__name__")) {
                long value = words.read(memory, slot + words.size());
                return words.isQstr(value)
                        ? snapshot.qstrs().text(words.qstr(value))
                        : scalars.plainText(value);
            }
        }
        return "?";
    }
}
