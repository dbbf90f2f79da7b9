package dev.chipray.testkit;

import java.util.List;

/// Declares the structures of a MicroPython build.
final class MicroPythonStructures {
    static final List<String> TYPES =
            List.of(
                    "type",
                    "object",
                    "str",
                    "bytes",
                    "tuple",
                    "list",
                    "dict",
                    "set",
                    "float",
                    "cell",
                    "module",
                    "fun_bc",
                    "bytearray",
                    "array",
                    "closure",
                    "bound_meth",
                    "int",
                    "range",
                    "gen_instance",
                    "BaseException");

    private MicroPythonStructures() {}

    static void declare(FirmwareImage image, MicroPythonOptions options, int object) {
        boolean tables = options.bytecode().equals("tables");
        declareCore(image, object, tables);
        declareObjects(image, object, tables, options.bytecode().startsWith("packed"));
        String area =
                "gc_alloc_table_start:u8* gc_alloc_table_byte_len:word gc_finaliser_table_start:u8* gc_pool_start:u8* gc_pool_end:u8*";
        if (options.areas() > 1) {
            image.declare("mp_state_mem_area_t", object, "next:mp_state_mem_area_t* " + area);
            image.declare(
                    "mp_state_mem_t",
                    object,
                    "total:word area:mp_state_mem_area_t gc_stack_overflow:word");
        } else {
            image.declare("mp_state_mem_t", object, area + " gc_stack_overflow:word");
        }
        String pool =
                switch (options.qstrs()) {
                    case "arrays" ->
                            "prev:qstr_pool_t* total_prev_len:b31 is_sorted:b1 alloc:word len:word hashes:u8* lengths:u8* qstrs:char*[0]";
                    case "pairs" ->
                            "prev:qstr_pool_t* total_prev_len:word alloc:word len:word attrs:qstr_attr_t* qstrs:char*[0]";
                    default ->
                            "prev:qstr_pool_t* total_prev_len:word alloc:word len:word qstrs:byte*[0]";
                };
        image.declare("qstr_pool_t", object, pool);
        if (options.qstrs().equals("arrays")) {
            image.typeSize("qstr_len_t", 2);
        }
        image.declare("qstr_attr_t", object, "hash:u8 len:u8");
        image.declare(
                "mp_state_thread_t",
                object,
                "stack_top:char* dict_locals:mp_obj_dict_t* dict_globals:mp_obj_dict_t*");
        image.declare(
                "mp_state_vm_t",
                object,
                "last_pool:qstr_pool_t* mp_loaded_modules_dict:mp_obj_dict_t dict_main:mp_obj_dict_t saved:obj qstr_last_chunk:char* qstr_last_alloc:word qstr_last_used:word");
        image.declare(
                "mp_state_ctx_t",
                object,
                "thread:mp_state_thread_t vm:mp_state_vm_t mem:mp_state_mem_t");
    }

    private static void declareCore(FirmwareImage image, int object, boolean tables) {
        image.declare("mp_obj_base_t", object, "type:mp_obj_type_t*");
        image.declare(
                "mp_obj_type_t",
                object,
                tables
                        ? "base:mp_obj_base_t flags:u16 name:u16 slot_index_make_new:u8 slot_index_parent:u8 slot_index_locals_dict:u8 slots:void*[0]"
                        : "base:mp_obj_base_t name:u16 make_new:void* parent:void* locals_dict:mp_obj_dict_t*");
        image.declare("mp_map_elem_t", object, "key:obj value:obj");
        image.declare(
                "mp_map_t",
                object,
                "all_keys_are_qstrs:b1 is_fixed:b1 is_ordered:b1 used:b29 alloc:word table:mp_map_elem_t*");
        image.declare("mp_set_t", object, "alloc:word used:word table:mp_obj_t*");
    }

    private static void declareObjects(
            FirmwareImage image, int object, boolean tables, boolean packed) {
        image.declare("mp_obj_str_t", object, "base:mp_obj_base_t hash:word len:word data:byte*");
        image.declare("mp_obj_tuple_t", object, "base:mp_obj_base_t len:word items:obj[0]");
        image.declare(
                "mp_obj_list_t", object, "base:mp_obj_base_t alloc:word len:word items:mp_obj_t*");
        image.declare("mp_obj_dict_t", object, "base:mp_obj_base_t map:mp_map_t");
        image.declare("mp_obj_set_t", object, "base:mp_obj_base_t set:mp_set_t");
        image.declare(
                "mp_obj_float_t",
                object,
                "base:mp_obj_base_t value:" + (image.wordSize() == 8 ? "double" : "float"));
        image.declare("mp_obj_cell_t", object, "base:mp_obj_base_t obj:obj");
        image.declare("mp_obj_object_t", object, "base:mp_obj_base_t");
        image.declare("mp_obj_module_t", object, "base:mp_obj_base_t globals:mp_obj_dict_t*");
        image.declare(
                "mp_obj_instance_t", object, "base:mp_obj_base_t members:mp_map_t subobj:obj[0]");
        image.declare(
                "mp_obj_closure_t",
                object,
                "base:mp_obj_base_t fun:obj n_closed:word closed:obj[0]");
        image.declare("mp_obj_bound_meth_t", object, "base:mp_obj_base_t meth:obj self:obj");
        image.declare(
                "mp_obj_range_t", object, "base:mp_obj_base_t start:word stop:word step:word");
        image.declare(
                "mp_obj_array_t",
                object,
                "base:mp_obj_base_t typecode:b8 free:b24 len:word items:void*");
        if (tables) {
            image.declare(
                    "mp_module_constants_t",
                    object,
                    "qstr_table:qstr_short_t* obj_table:mp_obj_t*");
            image.declare(
                    "mp_module_context_t",
                    object,
                    "module:mp_obj_module_t constants:mp_module_constants_t");
            image.declare(
                    "mp_obj_fun_bc_t",
                    object,
                    "base:mp_obj_base_t context:mp_module_context_t* child_table:void* bytecode:byte* extra_args:obj[0]");
            image.declare(
                    "mp_code_state_t",
                    object,
                    "fun_bc:mp_obj_fun_bc_t* ip:byte* sp:mp_obj_t* n_state:u16 exc_sp_idx:u16 old_globals:mp_obj_dict_t* state:obj[0]");
        } else {
            image.declare(
                    "mp_obj_fun_bc_t",
                    object,
                    "base:mp_obj_base_t globals:mp_obj_dict_t* bytecode:byte* const_table:mp_uint_t* extra_args:obj[0]");
            image.declare(
                    "mp_code_state_t",
                    object,
                    packed
                            ? "fun_bc:mp_obj_fun_bc_t* ip:byte* sp:mp_obj_t* n_state:u16 exc_sp_idx:u16 old_globals:mp_obj_dict_t* state:obj[0]"
                            : "fun_bc:mp_obj_fun_bc_t* ip:byte* sp:mp_obj_t* exc_sp:mp_exc_stack_t* old_globals:mp_obj_dict_t* state:obj[0]");
        }
        image.declare(
                "mp_obj_gen_instance_t",
                object,
                "base:mp_obj_base_t globals:mp_obj_dict_t* code_state:mp_code_state_t");
    }
}
