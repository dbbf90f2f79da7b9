package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.Layouts.Shape;
import dev.chipray.interpreters.micropython.ObjectType;
import dev.chipray.interpreters.micropython.TypeKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Recognises type objects, those of the firmware and those of scripts; for one thread.
public final class Types {
    private static final int PARENT_LIMIT = 32;

    private final TargetBytes memory;
    private final Layouts layouts;
    private final Qstrs qstrs;
    private final ObjectWords words;
    private final StructView type;
    private final long typeOfTypes;
    private final long baseException;
    private final long namedTupleMaker;
    private final Map<Long, Optional<ObjectType>> known = new HashMap<>();
    private final Map<String, String> structures = new HashMap<>();

    /// Recognises types of a firmware.
    public Types(TargetBytes memory, Layouts layouts, Qstrs qstrs, ObjectWords words) {
        this.memory = memory;
        this.layouts = layouts;
        this.qstrs = qstrs;
        this.words = words;
        this.type = StructView.of(memory, layouts, "mp_obj_type_t", "_mp_obj_type_t");
        this.typeOfTypes = layouts.symbol("mp_type_type").orElse(0);
        this.baseException = layouts.symbol("mp_type_BaseException").orElse(0);
        this.namedTupleMaker = layouts.symbol("namedtuple_make_new").orElse(0) & ~1L;
    }

    /// The type object at an address; empty when none is there.
    public Optional<ObjectType> at(long address) {
        Optional<ObjectType> result = known.get(address);
        if (result == null) {
            result = recognise(address);
            known.put(address, result);
        }
        return result;
    }

    /// The type of the object at an address; empty when its first word points to none.
    public Optional<ObjectType> of(long object) {
        return at(memory.word(object));
    }

    private Optional<ObjectType> recognise(long address) {
        if (address == 0
                || (address & (memory.wordSize() - 1)) != 0
                || typeOfTypes == 0
                || memory.word(address) != typeOfTypes) {
            return Optional.empty();
        }
        long name = type.get(address, "name");
        if (!qstrs.isValid(name)) {
            return Optional.empty();
        }
        String symbol = layouts.symbolAt(address).orElse("");
        // Types that scripts cannot name have an empty name; the firmware's own name for them
        // serves.
        String text =
                name == 0 || qstrs.text(name).isEmpty()
                        ? KnownTypes.core(symbol)
                        : qstrs.text(name);
        KnownTypes.Known one = KnownTypes.BY_SYMBOL.get(symbol);
        if (one != null) {
            return Optional.of(
                    new ObjectType(
                            address, text, symbol, one.kind(), structure(symbol, one.structure())));
        }
        if (isException(address)) {
            // A class of a script that inherits from an exception is an instance that holds one.
            TypeKind kind = symbol.isEmpty() ? TypeKind.INSTANCE : TypeKind.EXCEPTION;
            String structure =
                    kind == TypeKind.INSTANCE ? "mp_obj_instance_t" : "mp_obj_exception_t";
            return Optional.of(new ObjectType(address, text, symbol, kind, structure));
        }
        if (symbol.isEmpty()) {
            boolean named =
                    namedTupleMaker != 0 && (slot(address, "make_new") & ~1L) == namedTupleMaker;
            return Optional.of(
                    new ObjectType(
                            address,
                            text,
                            "",
                            named ? TypeKind.NAMEDTUPLE : TypeKind.INSTANCE,
                            named ? "mp_obj_tuple_t" : "mp_obj_instance_t"));
        }
        return Optional.of(
                new ObjectType(address, text, symbol, TypeKind.OTHER, structure(symbol, "")));
    }

    /// The structure of the objects of a type: as the table says or, where that is of another version, by its name.
    private String structure(String symbol, String stated) {
        return structures.computeIfAbsent(
                symbol,
                _ -> {
                    if (!stated.isEmpty() && struct(stated).isPresent()) {
                        return stated;
                    }
                    for (String guess : KnownTypes.guesses(symbol)) {
                        if (startsWithBase(guess)) {
                            return guess;
                        }
                    }
                    return "";
                });
    }

    private boolean startsWithBase(String name) {
        Optional<Layouts.Struct> struct = struct(name);
        return struct.isPresent()
                && !struct.get().fields().isEmpty()
                && struct.get().fields().getFirst().shape() == Shape.STRUCT;
    }

    /// A structure by its typedef or by its tag.
    public Optional<Layouts.Struct> struct(String name) {
        Optional<Layouts.Struct> plain = layouts.struct(name);
        return plain.isPresent() ? plain : layouts.struct("_" + name);
    }

    private boolean isException(long address) {
        long at = address;
        for (int i = 0; i < PARENT_LIMIT && at != 0 && baseException != 0; i++) {
            if (at == baseException) {
                return true;
            }
            at = firstBase(at);
        }
        return false;
    }

    private long firstBase(long address) {
        long parent = slot(address, "parent");
        if (!type.has("parent") && type.has("bases_tuple")) {
            parent = type.get(address, "bases_tuple");
        }
        if (parent == 0) {
            return 0;
        }
        OptionalLong tuple = layouts.symbol("mp_type_tuple");
        StructView view = StructView.of(memory, layouts, "mp_obj_tuple_t", "_mp_obj_tuple_t");
        if (tuple.isPresent() && memory.word(parent) == tuple.getAsLong()) {
            return view.get(parent, "len") == 0
                    ? 0
                    : words.read(memory, parent + view.offset("items"));
        }
        return parent;
    }

    /// A member of a type object that only some types have: a field until 1.19, since then an entry of its slots.
    public long slot(long address, String name) {
        if (type.has("slot_index_" + name)) {
            long index = type.get(address, "slot_index_" + name);
            return index == 0
                    ? 0
                    : memory.word(address + type.offset("slots") + (index - 1) * memory.wordSize());
        }
        return type.get(address, name);
    }

    /// Where a member of [#slot] is stored; 0 when this type has it not.
    public long slotAddress(long address, String name) {
        if (type.has("slot_index_" + name)) {
            long index = type.get(address, "slot_index_" + name);
            return index == 0
                    ? 0
                    : address + type.offset("slots") + (index - 1) * memory.wordSize();
        }
        return type.has(name) ? address + type.offset(name) : 0;
    }
}
