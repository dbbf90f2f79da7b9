package dev.chipray.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds the memory of a MicroPython object by object, in any of its encodings; [#finish] completes it.
///
/// Words are what the firmware would store; addresses are where things are. Everything is placed in the order of the
/// calls, so a test knows its map.
public final class MicroPythonImage {
    private static final long ROM = 0x1000;
    private static final int ROM_SIZE = 0x10000;
    private static final long STATE = 0x2000_0000L;
    private static final long HEAP = 0x2001_0000L;
    private static final int AREA_BLOCKS = 256;
    private static final int AREA_DISTANCE = 0x10000;

    private final MicroPythonOptions options;
    private final FirmwareImage image;
    private final int object;
    private final List<String> qstrs = new ArrayList<>();
    private final Map<String, Long> types = new LinkedHashMap<>();
    private final byte[][] kinds;
    private int area;
    private int nextBlock;
    private long nextRom = ROM;
    private long stateNow = STATE + 0x4000;
    private int romStrings;

    /// An empty heap of a build.
    public MicroPythonImage(MicroPythonOptions options) {
        this.options = options;
        this.image = new FirmwareImage(options.wordSize(), options.order(), options.seed());
        this.object = options.representation().equals("D") ? 8 : options.wordSize();
        this.kinds = new byte[options.areas()][AREA_BLOCKS];
        image.map(ROM, ROM_SIZE);
        image.map(STATE, 0x8000);
        for (int i = 0; i < options.areas(); i++) {
            image.map(HEAP + (long) i * AREA_DISTANCE, AREA_BLOCKS * options.blockSize() + 0x1000);
        }
        image.typeSize("mp_obj_t", object);
        MicroPythonStructures.declare(image, options, object);
        image.symbol("mp_state_ctx", STATE);
        qstr("");
        qstr("__name__");
        for (String type : MicroPythonStructures.TYPES) {
            type(type);
        }
        romStrings = qstrs.size();
    }

    /// The firmware with its memory.
    public FirmwareImage image() {
        return image;
    }

    private long type(String name) {
        if (types.isEmpty() && !name.equals("type")) {
            throw new IllegalStateException("type comes first");
        }
        FirmwareImage.Layout layout = image.layout("mp_obj_type_t");
        long at = rom(layout.size() + 4 * options.wordSize());
        types.put(name, at);
        image.symbol("mp_type_" + name, at);
        image.put(at, "mp_obj_type_t", "base", typeAddress("type"));
        image.put(at, "mp_obj_type_t", "name", qstr(name));
        return at;
    }

    /// Space in ROM.
    public long rom(int bytes) {
        long at = nextRom;
        nextRom += (bytes + 15L) / 16 * 16;
        return at;
    }

    /// Space in RAM outside of the heap.
    public long data(int bytes) {
        long at = stateNow;
        stateNow += (bytes + 15L) / 16 * 16;
        return at;
    }

    /// The address of a type object.
    public long typeAddress(String name) {
        Long address = types.get(name);
        if (address == null) {
            throw new IllegalArgumentException("no type " + name);
        }
        return address;
    }

    /// The number of a string, new or known.
    public int qstr(String text) {
        int known = qstrs.indexOf(text);
        if (known >= 0) {
            return known;
        }
        qstrs.add(text);
        return qstrs.size() - 1;
    }

    /// The word of an interned string.
    public long qstrWord(String text) {
        long q = qstr(text);
        return switch (options.representation()) {
            case "A" -> q << 3 | 2;
            case "A_OLD" -> q << 2 | 2;
            case "B" -> q << 3 | 3;
            case "B_OLD" -> q << 2 | 3;
            case "C" -> q << 4 | 6;
            case "C_OLD" -> q << 3 | 6;
            default -> q << 1 | 0x0002_0000_0000_0001L;
        };
    }

    /// The word of a small integer.
    public long integer(long value) {
        long word =
                switch (options.representation().charAt(0)) {
                    case 'A', 'C' -> value << 1 | 1;
                    case 'B' -> value << 2 | 1;
                    default -> (value & 0x7fff_ffff_ffffL) << 1 | 0x0001_0000_0000_0001L;
                };
        return object == 4 ? word & 0xffff_ffffL : word;
    }

    /// The word of a float inside the word, for representations C and D.
    public long floatWord(double value) {
        return options.representation().equals("D")
                ? Double.doubleToLongBits(value) + 0x8004_0000_0000_0000L
                : (((Float.floatToIntBits((float) value) & ~3L) | 2) + 0x8080_0000L) & 0xffff_ffffL;
    }

    /// The word of None, where it is inside the word.
    public long none() {
        return switch (options.representation()) {
            case "A" -> 6;
            case "B" -> 7;
            case "C" -> 0xe;
            default -> 0x0003_0000_0000_0000L;
        };
    }

    /// Allocates blocks on the heap.
    public long allocate(int bytes) {
        int blocks = Math.max(1, (bytes + options.blockSize() - 1) / options.blockSize());
        long at = poolStart(area) + (long) nextBlock * options.blockSize();
        kinds[area][nextBlock] = 1;
        Arrays.fill(kinds[area], nextBlock + 1, nextBlock + blocks, (byte) 2);
        nextBlock += blocks;
        return at;
    }

    /// Leaves blocks free.
    public void hole(int blocks) {
        nextBlock += blocks;
    }

    /// Goes on in the next area.
    public void nextArea() {
        area++;
        nextBlock = 0;
    }

    /// Marks the allocation at an address, as a collection does.
    public void mark(long address) {
        for (int i = 0; i < kinds.length; i++) {
            long offset = address - poolStart(i);
            if (offset >= 0 && offset < (long) AREA_BLOCKS * options.blockSize()) {
                kinds[i][(int) (offset / options.blockSize())] = 3;
            }
        }
    }

    /// Where the pool of an area starts.
    public long poolStart(int index) {
        return HEAP + (long) index * AREA_DISTANCE + 0x400;
    }

    /// The states of the blocks of an area: 0 free, 1 head, 2 tail, 3 marked head.
    public byte[] kinds(int index) {
        return kinds[index];
    }

    private long object(String type, int bytes) {
        long at = allocate(bytes);
        image.putWord(at, typeAddress(type));
        return at;
    }

    private long object(String type) {
        return object(type, image.layout("mp_obj_" + type + "_t").size());
    }

    /// Writes object words one after the other.
    public void putObjects(long address, long... words) {
        for (int i = 0; i < words.length; i++) {
            image.put(address + (long) i * object, object, words[i]);
        }
    }

    /// A `str` or `bytes` with its characters in an allocation of their own.
    public long string(String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long at = object(type, image.layout("mp_obj_str_t").size());
        long data = allocate(bytes.length + 1);
        image.putBytes(data, bytes);
        image.put(at, "mp_obj_str_t", "len", bytes.length);
        image.put(at, "mp_obj_str_t", "data", data);
        return at;
    }

    /// A tuple.
    public long tuple(long... words) {
        FirmwareImage.Layout layout = image.layout("mp_obj_tuple_t");
        long at = object("tuple", layout.offset("items") + words.length * object);
        image.put(at, "mp_obj_tuple_t", "len", words.length);
        putObjects(at + layout.offset("items"), words);
        return at;
    }

    /// A list with room for four more.
    public long list(long... words) {
        long at = object("list");
        long items = allocate((words.length + 4) * object);
        image.put(at, "mp_obj_list_t", "alloc", words.length + 4);
        image.put(at, "mp_obj_list_t", "len", words.length);
        image.put(at, "mp_obj_list_t", "items", items);
        putObjects(items, words);
        return at;
    }

    /// A dict of keys and values in turn.
    public long dict(long... keysAndValues) {
        long at = object("dict");
        fillMap(
                at + image.layout("mp_obj_dict_t").offset("map"),
                keysAndValues,
                allocate(keysAndValues.length * object + 2 * object));
        return at;
    }

    private void fillMap(long map, long[] keysAndValues, long table) {
        image.put(map, "mp_map_t", "used", keysAndValues.length / 2);
        image.put(map, "mp_map_t", "alloc", keysAndValues.length / 2 + 1);
        image.put(map, "mp_map_t", "table", table);
        putObjects(table, keysAndValues);
    }

    /// The globals of the main module.
    public void main(long... keysAndValues) {
        long dict =
                STATE
                        + image.layout("mp_state_ctx_t").offset("vm")
                        + image.layout("mp_state_vm_t").offset("dict_main");
        image.putWord(dict, typeAddress("dict"));
        fillMap(
                dict + image.layout("mp_obj_dict_t").offset("map"),
                keysAndValues,
                allocate(keysAndValues.length * object + 2 * object));
    }

    /// A float of its own, for representations A and B.
    public long floating(double value) {
        long at = object("float");
        FirmwareImage.Member member = image.layout("mp_obj_float_t").member("value");
        long bits =
                member.size() == 4
                        ? Float.floatToIntBits((float) value)
                        : Double.doubleToLongBits(value);
        image.put(at, "mp_obj_float_t", "value", bits);
        return at;
    }

    /// A class.
    public long newClass(String name, long localsDict) {
        long at = object("type", image.layout("mp_obj_type_t").size() + 4 * options.wordSize());
        image.put(at, "mp_obj_type_t", "name", qstr(name));
        if (image.layout("mp_obj_type_t").members().stream()
                .anyMatch(m -> m.name().equals("slots"))) {
            image.put(at, "mp_obj_type_t", "slot_index_locals_dict", 1);
            image.putWord(at + image.layout("mp_obj_type_t").offset("slots"), localsDict);
        } else {
            image.put(at, "mp_obj_type_t", "locals_dict", localsDict);
        }
        return at;
    }

    /// An instance of a class.
    public long instance(long type, long... keysAndValues) {
        long at = allocate(image.layout("mp_obj_instance_t").size());
        image.putWord(at, type);
        fillMap(
                at + image.layout("mp_obj_instance_t").offset("members"),
                keysAndValues,
                allocate(keysAndValues.length * object + 2 * object));
        return at;
    }

    /// A cell or another object whose only member is an object word at `obj`.
    public long cell(long word) {
        long at = object("cell");
        image.put(at, "mp_obj_cell_t", "obj", word);
        return at;
    }

    /// A module with a dict of globals.
    public long module(long globals) {
        FirmwareImage.Layout layout =
                options.bytecode().equals("tables")
                        ? image.layout("mp_module_context_t")
                        : image.layout("mp_obj_module_t");
        long at = object("module", layout.size());
        image.put(at, "mp_obj_module_t", "globals", globals);
        return at;
    }

    /// A bytecode function; `module` is its context in builds that have tables. Its line table has a step for each pair
    /// of code bytes and lines.
    public long function(String name, String file, long module, int states, int[]... steps) {
        MicroPythonBytecode code = new MicroPythonBytecode(options.bytecode());
        byte[] bytes = code.encode(qstr(name), qstr(file), states, steps);
        long at = object("fun_bc", image.layout("mp_obj_fun_bc_t").size());
        long body = allocate(bytes.length);
        image.putBytes(body, bytes);
        image.put(at, "mp_obj_fun_bc_t", "bytecode", body);
        if (options.bytecode().equals("tables")) {
            long table = allocate(4);
            image.put(table, 2, qstr(file));
            image.put(table + 2, 2, qstr(name));
            long constants = module + image.layout("mp_module_context_t").offset("constants");
            image.put(constants, "mp_module_constants_t", "qstr_table", table);
            image.put(at, "mp_obj_fun_bc_t", "context", module);
        }
        return at;
    }

    /// Where the opcodes of a function made by [#function] start.
    public long opcodes(long function, String name, String file, int states, int[]... steps) {
        MicroPythonBytecode code = new MicroPythonBytecode(options.bytecode());
        byte[] bytes = code.encode(qstr(name), qstr(file), states, steps);
        int offset = image.layout("mp_obj_fun_bc_t").offset("bytecode");
        long body = 0;
        for (int i = 0; i < options.wordSize(); i++) {
            boolean little = options.order() == java.nio.ByteOrder.LITTLE_ENDIAN;
            long one = image.getByte(function + offset + i);
            body |= one << (8 * (little ? i : options.wordSize() - 1 - i));
        }
        return body + code.opcodesAt(bytes);
    }

    /// Writes pools of strings and the tables of the heap; returns the image.
    public FirmwareImage finish() {
        new MicroPythonPools(image, options)
                .write(qstrs, romStrings, this::rom, this::allocate, STATE);
        new MicroPythonPools(image, options)
                .writeAreas(kinds, this::poolStart, STATE, HEAP, AREA_DISTANCE);
        return image;
    }
}
