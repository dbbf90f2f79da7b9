package dev.chipray.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/// Writes what a MicroPython image has one of: pools of strings and tables of the heap.
final class MicroPythonPools {
    private final FirmwareImage image;
    private final MicroPythonOptions options;

    MicroPythonPools(FirmwareImage image, MicroPythonOptions options) {
        this.image = image;
        this.options = options;
    }

    void write(
            List<String> all,
            int inRom,
            IntFunction<Long> rom,
            IntFunction<Long> heap,
            long state) {
        long first = pool(all.subList(0, inRom), 0, 0, rom, rom);
        long last = pool(all.subList(inRom, all.size()), inRom, first, heap, rom);
        long vm = state + image.layout("mp_state_ctx_t").offset("vm");
        image.put(vm, "mp_state_vm_t", "last_pool", last);
    }

    private long pool(
            List<String> strings,
            int first,
            long before,
            IntFunction<Long> place,
            IntFunction<Long> text) {
        FirmwareImage.Layout layout = image.layout("qstr_pool_t");
        long at =
                place.apply(
                        layout.offset("qstrs")
                                + (strings.size() + 1) * image.wordSize()
                                + (4 + image.layout("qstr_attr_t").size()) * strings.size()
                                + 8);
        image.put(at, "qstr_pool_t", "prev", before);
        image.put(at, "qstr_pool_t", "total_prev_len", first);
        image.put(at, "qstr_pool_t", "alloc", strings.size() + 1);
        image.put(at, "qstr_pool_t", "len", strings.size());
        long beside = at + layout.offset("qstrs") + (long) (strings.size() + 1) * image.wordSize();
        if (options.qstrs().equals("arrays")) {
            image.put(at, "qstr_pool_t", "hashes", beside);
            image.put(at, "qstr_pool_t", "lengths", beside + strings.size());
        } else if (options.qstrs().equals("pairs")) {
            image.put(at, "qstr_pool_t", "attrs", beside);
        }
        for (int i = 0; i < strings.size(); i++) {
            byte[] bytes = strings.get(i).getBytes(StandardCharsets.UTF_8);
            long data = text.apply(bytes.length + 6);
            image.putWord(at + layout.offset("qstrs") + (long) i * image.wordSize(), data);
            writeText(bytes, data, beside, i, strings.size());
        }
        return at;
    }

    private void writeText(byte[] bytes, long data, long beside, int index, int count) {
        switch (options.qstrs()) {
            case "arrays" -> {
                image.put(beside + index, 1, hash(bytes, 1));
                image.put(beside + count + 2L * index, 2, bytes.length);
                image.putBytes(data, bytes);
            }
            case "pairs" -> {
                int size = image.layout("qstr_attr_t").size();
                image.put(beside + (long) index * size, "qstr_attr_t", "hash", hash(bytes, 1));
                image.put(beside + (long) index * size, "qstr_attr_t", "len", bytes.length);
                image.putBytes(data, bytes);
            }
            default -> {
                int hashBytes = options.qstrs().charAt(6) - '0';
                int lengthBytes = options.qstrs().charAt(7) - '0';
                int hash = hash(bytes, hashBytes);
                for (int i = 0; i < hashBytes; i++) {
                    image.putByte(data + i, hash >> (8 * i));
                }
                for (int i = 0; i < lengthBytes; i++) {
                    image.putByte(data + hashBytes + i, bytes.length >> (8 * i));
                }
                image.putBytes(data + hashBytes + lengthBytes, bytes);
            }
        }
    }

    private static int hash(byte[] bytes, int size) {
        int hash = 5381;
        for (byte one : bytes) {
            hash = (hash * 33) ^ (one & 0xff);
        }
        hash &= (1 << (8 * size)) - 1;
        return hash == 0 ? 1 : hash;
    }

    void writeAreas(
            byte[][] kinds, IntToLongFunction poolStart, long state, long heap, int distance) {
        long mem = state + image.layout("mp_state_ctx_t").offset("mem");
        String structure = kinds.length > 1 ? "mp_state_mem_area_t" : "mp_state_mem_t";
        for (int i = 0; i < kinds.length; i++) {
            long table = heap + (long) i * distance + 0x100;
            long at =
                    i > 0
                            ? heap + (long) i * distance
                            : mem
                                    + (kinds.length > 1
                                            ? image.layout("mp_state_mem_t").offset("area")
                                            : 0);
            for (int b = 0; b < kinds[i].length; b++) {
                int old = image.getByte(table + b / 4) & ~(3 << (2 * (b % 4)));
                image.putByte(table + b / 4, old | (kinds[i][b] << (2 * (b % 4))));
            }
            long pool = poolStart.applyAsLong(i);
            image.put(at, structure, "gc_alloc_table_start", table);
            image.put(at, structure, "gc_alloc_table_byte_len", kinds[i].length / 4);
            image.put(at, structure, "gc_finaliser_table_start", table + 0x80);
            image.put(at, structure, "gc_pool_start", pool);
            image.put(
                    at,
                    structure,
                    "gc_pool_end",
                    pool + (long) kinds[i].length * options.blockSize());
            if (kinds.length > 1) {
                image.put(
                        at,
                        structure,
                        "next",
                        i + 1 < kinds.length ? heap + (long) (i + 1) * distance : 0);
            }
        }
    }
}
