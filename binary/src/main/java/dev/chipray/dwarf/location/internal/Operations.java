package dev.chipray.dwarf.location.internal;

/// The codes of DWARF expressions (DWARF 5, section 7.7.1) and the GNU ones that preceded them.
final class Operations {
    static final int ADDR = 0x03;
    static final int DEREF = 0x06;
    static final int CONST1U = 0x08;
    static final int CONST1S = 0x09;
    static final int CONST2U = 0x0a;
    static final int CONST2S = 0x0b;
    static final int CONST4U = 0x0c;
    static final int CONST4S = 0x0d;
    static final int CONST8U = 0x0e;
    static final int CONST8S = 0x0f;
    static final int CONSTU = 0x10;
    static final int CONSTS = 0x11;
    static final int DUP = 0x12;
    static final int DROP = 0x13;
    static final int OVER = 0x14;
    static final int PICK = 0x15;
    static final int SWAP = 0x16;
    static final int ROT = 0x17;
    static final int XDEREF = 0x18;
    static final int ABS = 0x19;
    static final int AND = 0x1a;
    static final int DIV = 0x1b;
    static final int MINUS = 0x1c;
    static final int MOD = 0x1d;
    static final int MUL = 0x1e;
    static final int NEG = 0x1f;
    static final int NOT = 0x20;
    static final int OR = 0x21;
    static final int PLUS = 0x22;
    static final int PLUS_UCONST = 0x23;
    static final int SHL = 0x24;
    static final int SHR = 0x25;
    static final int SHRA = 0x26;
    static final int XOR = 0x27;
    static final int BRA = 0x28;
    static final int EQ = 0x29;
    static final int GE = 0x2a;
    static final int GT = 0x2b;
    static final int LE = 0x2c;
    static final int LT = 0x2d;
    static final int NE = 0x2e;
    static final int SKIP = 0x2f;
    static final int LIT0 = 0x30;
    static final int LIT31 = 0x4f;
    static final int REG0 = 0x50;
    static final int REG31 = 0x6f;
    static final int BREG0 = 0x70;
    static final int BREG31 = 0x8f;
    static final int REGX = 0x90;
    static final int FBREG = 0x91;
    static final int BREGX = 0x92;
    static final int PIECE = 0x93;
    static final int DEREF_SIZE = 0x94;
    static final int XDEREF_SIZE = 0x95;
    static final int NOP = 0x96;
    static final int PUSH_OBJECT_ADDRESS = 0x97;
    static final int CALL2 = 0x98;
    static final int CALL4 = 0x99;
    static final int CALL_REF = 0x9a;
    static final int FORM_TLS_ADDRESS = 0x9b;
    static final int CALL_FRAME_CFA = 0x9c;
    static final int BIT_PIECE = 0x9d;
    static final int IMPLICIT_VALUE = 0x9e;
    static final int STACK_VALUE = 0x9f;
    static final int IMPLICIT_POINTER = 0xa0;
    static final int ADDRX = 0xa1;
    static final int CONSTX = 0xa2;
    static final int ENTRY_VALUE = 0xa3;
    static final int CONST_TYPE = 0xa4;
    static final int REGVAL_TYPE = 0xa5;
    static final int DEREF_TYPE = 0xa6;
    static final int XDEREF_TYPE = 0xa7;
    static final int CONVERT = 0xa8;
    static final int REINTERPRET = 0xa9;
    static final int GNU_PUSH_TLS_ADDRESS = 0xe0;
    static final int GNU_UNINIT = 0xf0;
    static final int GNU_IMPLICIT_POINTER = 0xf2;
    static final int GNU_ENTRY_VALUE = 0xf3;
    static final int GNU_CONST_TYPE = 0xf4;
    static final int GNU_REGVAL_TYPE = 0xf5;
    static final int GNU_DEREF_TYPE = 0xf6;
    static final int GNU_CONVERT = 0xf7;
    static final int GNU_REINTERPRET = 0xf9;
    static final int GNU_PARAMETER_REF = 0xfa;
    static final int GNU_ADDR_INDEX = 0xfb;
    static final int GNU_CONST_INDEX = 0xfc;
    static final int GNU_VARIABLE_VALUE = 0xfd;

    private Operations() {}

    /// The standard code of an operation that GCC emitted under a number of its own before DWARF 5.
    static int standard(int code) {
        return switch (code) {
            case GNU_PUSH_TLS_ADDRESS -> FORM_TLS_ADDRESS;
            case GNU_UNINIT -> NOP;
            case GNU_IMPLICIT_POINTER -> IMPLICIT_POINTER;
            case GNU_ENTRY_VALUE -> ENTRY_VALUE;
            case GNU_CONST_TYPE -> CONST_TYPE;
            case GNU_REGVAL_TYPE -> REGVAL_TYPE;
            case GNU_DEREF_TYPE -> DEREF_TYPE;
            case GNU_CONVERT -> CONVERT;
            case GNU_REINTERPRET -> REINTERPRET;
            case GNU_ADDR_INDEX -> ADDRX;
            case GNU_CONST_INDEX -> CONSTX;
            default -> code;
        };
    }

    /// The name without `DW_OP_`.
    static String name(int code) {
        if (code >= LIT0 && code <= LIT31) {
            return "lit" + (code - LIT0);
        }
        if (code >= REG0 && code <= REG31) {
            return "reg" + (code - REG0);
        }
        if (code >= BREG0 && code <= BREG31) {
            return "breg" + (code - BREG0);
        }
        return switch (code) {
            case ADDR -> "addr";
            case DEREF -> "deref";
            case CONST1U -> "const1u";
            case CONST1S -> "const1s";
            case CONST2U -> "const2u";
            case CONST2S -> "const2s";
            case CONST4U -> "const4u";
            case CONST4S -> "const4s";
            case CONST8U -> "const8u";
            case CONST8S -> "const8s";
            case CONSTU -> "constu";
            case CONSTS -> "consts";
            case DUP -> "dup";
            case DROP -> "drop";
            case OVER -> "over";
            case PICK -> "pick";
            case SWAP -> "swap";
            case ROT -> "rot";
            case XDEREF -> "xderef";
            case ABS -> "abs";
            case AND -> "and";
            case DIV -> "div";
            case MINUS -> "minus";
            case MOD -> "mod";
            case MUL -> "mul";
            case NEG -> "neg";
            case NOT -> "not";
            case OR -> "or";
            case PLUS -> "plus";
            case PLUS_UCONST -> "plus_uconst";
            case SHL -> "shl";
            case SHR -> "shr";
            case SHRA -> "shra";
            case XOR -> "xor";
            case BRA -> "bra";
            case EQ -> "eq";
            case GE -> "ge";
            case GT -> "gt";
            case LE -> "le";
            case LT -> "lt";
            case NE -> "ne";
            case SKIP -> "skip";
            default -> laterName(code);
        };
    }

    private static String laterName(int code) {
        return switch (code) {
            case REGX -> "regx";
            case FBREG -> "fbreg";
            case BREGX -> "bregx";
            case PIECE -> "piece";
            case DEREF_SIZE -> "deref_size";
            case XDEREF_SIZE -> "xderef_size";
            case NOP -> "nop";
            case PUSH_OBJECT_ADDRESS -> "push_object_address";
            case CALL2 -> "call2";
            case CALL4 -> "call4";
            case CALL_REF -> "call_ref";
            case FORM_TLS_ADDRESS -> "form_tls_address";
            case CALL_FRAME_CFA -> "call_frame_cfa";
            case BIT_PIECE -> "bit_piece";
            case IMPLICIT_VALUE -> "implicit_value";
            case STACK_VALUE -> "stack_value";
            case IMPLICIT_POINTER -> "implicit_pointer";
            case ADDRX -> "addrx";
            case CONSTX -> "constx";
            case ENTRY_VALUE -> "entry_value";
            case CONST_TYPE -> "const_type";
            case REGVAL_TYPE -> "regval_type";
            case DEREF_TYPE -> "deref_type";
            case XDEREF_TYPE -> "xderef_type";
            case CONVERT -> "convert";
            case REINTERPRET -> "reinterpret";
            case GNU_PUSH_TLS_ADDRESS -> "GNU_push_tls_address";
            case GNU_UNINIT -> "GNU_uninit";
            case GNU_IMPLICIT_POINTER -> "GNU_implicit_pointer";
            case GNU_ENTRY_VALUE -> "GNU_entry_value";
            case GNU_CONST_TYPE -> "GNU_const_type";
            case GNU_REGVAL_TYPE -> "GNU_regval_type";
            case GNU_DEREF_TYPE -> "GNU_deref_type";
            case GNU_CONVERT -> "GNU_convert";
            case GNU_REINTERPRET -> "GNU_reinterpret";
            case GNU_PARAMETER_REF -> "GNU_parameter_ref";
            case GNU_ADDR_INDEX -> "GNU_addr_index";
            case GNU_CONST_INDEX -> "GNU_const_index";
            case GNU_VARIABLE_VALUE -> "GNU_variable_value";
            default -> "0x%02x".formatted(code);
        };
    }
}
