package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.Enumerator;
import dev.chipray.ctype.ProfileBuilder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Chooses what of an interpreter belongs into a layout profile, by names of its source; stateless.
public final class InterpreterNames {
    /// The variable that every MicroPython has, CircuitPython included.
    private static final String MICROPYTHON_STATE = "mp_state_ctx";

    private static final String LUA_STATE = "lua_State";

    private static final List<String> MICROPYTHON_TYPES =
            List.of("mp_", "_mp_", "qstr_", "_qstr_", "vstr_t", "_vstr_t", "nlr_", "_nlr_", "gc_");

    private static final List<String> MICROPYTHON_VARIABLES =
            List.of("mp_state_ctx", "mp_qstr_", "mp_type_", "mp_const_");

    /// Names of Lua 5.0 to 5.4 and of NodeMCU's variants of 5.1; each release has some of them.
    private static final List<String> LUA_TYPES =
            List.of(
                    "lua_State",
                    "global_State",
                    "lua_TValue",
                    "TValue",
                    "Value",
                    "GCObject",
                    "GCheader",
                    "TString",
                    "UTString",
                    "Udata",
                    "UUdata",
                    "Proto",
                    "LocVar",
                    "Upvaldesc",
                    "AbsLineInfo",
                    "UpVal",
                    "CClosure",
                    "LClosure",
                    "Closure",
                    "TKey",
                    "Node",
                    "NodeKey",
                    "Table",
                    "ROTable",
                    "CallInfo",
                    "stringtable",
                    "StkId",
                    "StackValue",
                    "lua_Debug",
                    "lua_Number",
                    "lua_Integer",
                    "Instruction",
                    "luaL_Buffer",
                    "LG",
                    "LX",
                    "LROT_table",
                    "ROTable_entry");

    private InterpreterNames() {}

    /// Adds what a program has of the names; false when it is neither interpreter.
    public static boolean addTo(ProfileBuilder builder, DwarfTypes catalog) {
        boolean micropython = catalog.variable(MICROPYTHON_STATE).isPresent();
        if (micropython) {
            addMicroPython(builder, catalog);
        }
        boolean lua = catalog.type("struct " + LUA_STATE).isPresent();
        if (lua) {
            LUA_TYPES.forEach(builder::addType);
            for (String tag : LUA_TYPES) {
                builder.addType("struct " + tag).addType("union " + tag);
            }
        }
        return micropython || lua;
    }

    private static void addMicroPython(ProfileBuilder builder, DwarfTypes catalog) {
        Set<String> names = new TreeSet<>(catalog.typeNames());
        for (String name : names) {
            if (startsWithOne(name, MICROPYTHON_TYPES)) {
                builder.addType(name);
                // A tag that a typedef of the same name hides.
                builder.addType("struct " + name);
            }
        }
        for (String name : new TreeSet<>(catalog.variableNames())) {
            if (startsWithOne(name, MICROPYTHON_VARIABLES)) {
                builder.addVariable(name);
            }
        }
        for (CType.Enumeration enumeration : catalog.namelessEnumerations()) {
            for (Enumerator enumerator : enumeration.enumerators()) {
                // The numbers of interned strings belong to a build, not to a version of the
                // interpreter.
                boolean string = enumerator.name().startsWith("MP_QSTR");
                if (enumerator.name().startsWith("MP_") && !string) {
                    builder.addEnumerator(enumerator);
                }
            }
        }
    }

    private static boolean startsWithOne(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
