package dev.chipray.interpreters.micropython.internal;

import dev.chipray.interpreters.micropython.TypeKind;
import java.util.Map;

/// Types of the interpreter that have a kind of their own or whose structure is not named after them.
///
/// The rule for all others: `mp_type_X`, `X_type` and `mp_X_type` have objects of `mp_obj_X_t`.
final class KnownTypes {
    /// The structure and kind that a type object's symbol stands for.
    record Known(TypeKind kind, String structure) {}

    static final Map<String, Known> BY_SYMBOL =
            Map.ofEntries(
                    entry("mp_type_type", TypeKind.TYPE, "mp_obj_type_t"),
                    entry("mp_type_object", TypeKind.OTHER, "mp_obj_object_t"),
                    entry("mp_type_int", TypeKind.INT, "mp_obj_int_t"),
                    entry("mp_type_float", TypeKind.FLOAT, "mp_obj_float_t"),
                    entry("mp_type_complex", TypeKind.COMPLEX, "mp_obj_complex_t"),
                    entry("mp_type_bool", TypeKind.BOOL, "mp_obj_bool_t"),
                    entry("mp_type_NoneType", TypeKind.NONE, "mp_obj_none_t"),
                    entry("mp_type_ellipsis", TypeKind.ELLIPSIS, "mp_obj_ellipsis_t"),
                    entry("mp_type_singleton", TypeKind.ELLIPSIS, "mp_obj_singleton_t"),
                    entry("mp_type_str", TypeKind.STR, "mp_obj_str_t"),
                    entry("mp_type_bytes", TypeKind.BYTES, "mp_obj_str_t"),
                    entry("mp_type_bytearray", TypeKind.BYTEARRAY, "mp_obj_array_t"),
                    entry("mp_type_array", TypeKind.ARRAY, "mp_obj_array_t"),
                    entry("mp_type_memoryview", TypeKind.MEMORYVIEW, "mp_obj_array_t"),
                    entry("mp_type_tuple", TypeKind.TUPLE, "mp_obj_tuple_t"),
                    entry("mp_type_attrtuple", TypeKind.TUPLE, "mp_obj_tuple_t"),
                    entry("mp_type_list", TypeKind.LIST, "mp_obj_list_t"),
                    entry("mp_type_dict", TypeKind.DICT, "mp_obj_dict_t"),
                    entry("mp_type_ordereddict", TypeKind.DICT, "mp_obj_dict_t"),
                    entry("mp_type_set", TypeKind.SET, "mp_obj_set_t"),
                    entry("mp_type_frozenset", TypeKind.FROZENSET, "mp_obj_set_t"),
                    entry("mp_type_range", TypeKind.RANGE, "mp_obj_range_t"),
                    entry("mp_type_slice", TypeKind.SLICE, "mp_obj_slice_t"),
                    entry("mp_type_fun_bc", TypeKind.FUNCTION, "mp_obj_fun_bc_t"),
                    entry("mp_type_fun_native", TypeKind.NATIVE_FUNCTION, "mp_obj_fun_bc_t"),
                    entry("mp_type_fun_viper", TypeKind.NATIVE_FUNCTION, "mp_obj_fun_bc_t"),
                    entry("mp_type_fun_asm", TypeKind.NATIVE_FUNCTION, "mp_obj_fun_asm_t"),
                    entry(
                            "mp_type_fun_builtin_0",
                            TypeKind.C_FUNCTION,
                            "mp_obj_fun_builtin_fixed_t"),
                    entry(
                            "mp_type_fun_builtin_1",
                            TypeKind.C_FUNCTION,
                            "mp_obj_fun_builtin_fixed_t"),
                    entry(
                            "mp_type_fun_builtin_2",
                            TypeKind.C_FUNCTION,
                            "mp_obj_fun_builtin_fixed_t"),
                    entry(
                            "mp_type_fun_builtin_3",
                            TypeKind.C_FUNCTION,
                            "mp_obj_fun_builtin_fixed_t"),
                    entry(
                            "mp_type_fun_builtin_var",
                            TypeKind.C_FUNCTION,
                            "mp_obj_fun_builtin_var_t"),
                    entry("mp_type_closure", TypeKind.CLOSURE, "mp_obj_closure_t"),
                    entry("closure_type", TypeKind.CLOSURE, "mp_obj_closure_t"),
                    entry("mp_type_gen_wrap", TypeKind.GENERATOR_FUNCTION, "mp_obj_fun_bc_t"),
                    entry("mp_type_native_gen_wrap", TypeKind.NATIVE_FUNCTION, "mp_obj_fun_bc_t"),
                    entry("mp_type_coro_wrap", TypeKind.GENERATOR_FUNCTION, "mp_obj_fun_bc_t"),
                    entry("mp_type_native_coro_wrap", TypeKind.NATIVE_FUNCTION, "mp_obj_fun_bc_t"),
                    entry("mp_type_gen_instance", TypeKind.GENERATOR, "mp_obj_gen_instance_t"),
                    entry("mp_type_coro_instance", TypeKind.GENERATOR, "mp_obj_gen_instance_t"),
                    entry("mp_type_cell", TypeKind.CELL, "mp_obj_cell_t"),
                    entry("cell_type", TypeKind.CELL, "mp_obj_cell_t"),
                    entry("mp_type_bound_meth", TypeKind.BOUND_METHOD, "mp_obj_bound_meth_t"),
                    entry("bound_meth_type", TypeKind.BOUND_METHOD, "mp_obj_bound_meth_t"),
                    entry("mp_type_module", TypeKind.MODULE, "mp_obj_module_t"),
                    entry("mp_type_deque", TypeKind.DEQUE, "mp_obj_deque_t"),
                    entry("deque_type", TypeKind.DEQUE, "mp_obj_deque_t"),
                    entry("mp_type_staticmethod", TypeKind.OTHER, "mp_obj_static_class_method_t"),
                    entry("mp_type_classmethod", TypeKind.OTHER, "mp_obj_static_class_method_t"),
                    entry("mp_type_stringio", TypeKind.OTHER, "mp_obj_stringio_t"),
                    entry("mp_type_bytesio", TypeKind.OTHER, "mp_obj_stringio_t"),
                    entry("mp_type_textio", TypeKind.OTHER, ""),
                    entry("mp_type_it", TypeKind.OTHER, "mp_obj_getitem_iter_t"),
                    entry("getitem_it_type", TypeKind.OTHER, "mp_obj_getitem_iter_t"),
                    entry("mp_type_polymorph_iter", TypeKind.OTHER, "mp_obj_polymorph_iter_t"),
                    entry("polymorph_it_type", TypeKind.OTHER, "mp_obj_polymorph_iter_t"),
                    entry(
                            "mp_type_polymorph_iter_with_finaliser",
                            TypeKind.OTHER,
                            "mp_obj_polymorph_iter_t"));

    private KnownTypes() {}

    private static Map.Entry<String, Known> entry(String symbol, TypeKind kind, String structure) {
        return Map.entry(symbol, new Known(kind, structure));
    }

    /// What is left of a type object's symbol without the parts that say that it is a type.
    static String core(String symbol) {
        if (symbol.startsWith("mp_type_")) {
            return symbol.substring("mp_type_".length());
        }
        if (symbol.endsWith("_type_obj")) {
            return symbol.substring(0, symbol.length() - "_type_obj".length());
        }
        return symbol.endsWith("_type")
                ? symbol.substring(0, symbol.length() - "_type".length())
                : symbol;
    }

    /// Names of structures that objects of a type with this symbol may have, likeliest first.
    static String[] guesses(String symbol) {
        String core = core(symbol);
        String bare = core.startsWith("mp_") ? core.substring(3) : core;
        return new String[] {
            "mp_obj_" + core + "_t",
            "_mp_obj_" + core + "_t",
            "mp_obj_" + bare + "_t",
            core + "_obj_t",
            "_" + core + "_obj_t"
        };
    }
}
