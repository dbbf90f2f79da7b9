package dev.chipray.interpreters.micropython.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.Layouts.Field;
import dev.chipray.interpreters.micropython.QstrPool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Interned strings, in each of their encodings since 1.9; for one thread.
///
/// Until 1.15 hash and length stand before the text, in one or two bytes each: the widths are macros of the build, so
/// they are taken from the strings in ROM, whose hashes prove them. Later, arrays beside the pool hold them; in
/// CircuitPython 7 one array of pairs does.
public final class Qstrs {
    private static final int POOL_LIMIT = 4096;
    private static final int TEXT_LIMIT = 1 << 16;
    private static final int SAMPLE = 64;

    private final TargetBytes memory;
    private final StructView pool;
    private final List<QstrPool> pools = new ArrayList<>();
    private final Map<Long, String> texts = new HashMap<>();
    private final StructView attributes;
    private final int lengthBytes;
    private int inlineHash;
    private int inlineLength;

    /// Reads the list of pools; what is wrong with it is added to `problems`.
    public Qstrs(
            TargetBytes memory,
            Layouts layouts,
            ContextMembers context,
            List<Diagnostic> problems) {
        this.memory = memory;
        this.pool = StructView.of(memory, layouts, "qstr_pool_t", "_qstr_pool_t");
        this.attributes = StructView.of(memory, layouts, "qstr_attr_t", "_qstr_attr_t");
        this.lengthBytes = (int) layouts.sizeOf("qstr_len_t").orElse(1);
        readPools(context.vm().get(context.vmAddress(), "last_pool"), problems);
        if (!pool.has("lengths") && !pool.has("attrs")) {
            findInlineWidths(problems);
        }
    }

    private void readPools(long last, List<Diagnostic> problems) {
        long at = last;
        long before = Long.MAX_VALUE;
        while (at != 0 && pools.size() < POOL_LIMIT) {
            long first = pool.get(at, "total_prev_len");
            long length = pool.get(at, "len");
            long capacity = pool.get(at, "alloc");
            long entries = at + pool.offset("qstrs");
            // Each pool ends where the next begins, so a list that loops or leads elsewhere is
            // found out at once.
            boolean fits = before == Long.MAX_VALUE || first + length == before;
            if (!pool.exists()
                    || !fits
                    || length < 0
                    || length > Integer.MAX_VALUE / 16
                    || !memory.mapped(entries, length * memory.wordSize())) {
                problems.add(
                        Diagnostic.warning(
                                "0x%x".formatted(at),
                                "qstr pool: %d strings from number %d make no sense"
                                        .formatted(length, first)));
                return;
            }
            boolean sorted = pool.get(at, "is_sorted") != 0;
            pools.add(new QstrPool(at, first, (int) length, capacity, sorted, entries));
            before = first;
            at = pool.get(at, "prev");
        }
    }

    private void findInlineWidths(List<Diagnostic> problems) {
        int best = 0;
        int tried = 0;
        for (int hash = 1; hash <= 2; hash++) {
            for (int length = 1; length <= 2; length++) {
                int right = 0;
                tried = 0;
                for (QstrPool one : pools) {
                    for (int i = 1; i < Math.min(one.length(), SAMPLE); i++) {
                        tried++;
                        right += inlineHashHolds(entry(one, i), hash, length) ? 1 : 0;
                    }
                }
                if (right > best) {
                    best = right;
                    inlineHash = hash;
                    inlineLength = length;
                }
            }
        }
        if (2 * best < tried || best == 0) {
            problems.add(
                    Diagnostic.warning(
                            "qstr pools",
                            "%d of %d strings have a hash that fits their text"
                                    .formatted(best, tried)));
        }
        if (best == 0) {
            inlineHash = 1;
            inlineLength = 1;
        }
    }

    private boolean inlineHashHolds(long at, int hashBytes, int widthOfLength) {
        int length = (int) littleEndian(at + hashBytes, widthOfLength);
        long text = at + hashBytes + widthOfLength;
        if (length == 0 || !memory.mapped(text, length + 1L) || memory.u8(text + length) != 0) {
            return false;
        }
        int hash = 5381;
        for (int i = 0; i < length; i++) {
            hash = hash * 33 ^ memory.u8(text + i);
        }
        hash &= (1 << (8 * hashBytes)) - 1;
        return littleEndian(at, hashBytes) == (hash == 0 ? 1 : hash);
    }

    /// These numbers are little-endian whatever the target is: the compiler's script wrote them as bytes.
    private long littleEndian(long at, int bytes) {
        return bytes == 1 ? memory.u8(at) : memory.u8(at) | memory.u8(at + 1) << 8;
    }

    private long entry(QstrPool one, int index) {
        return memory.word(one.entries() + (long) index * memory.wordSize());
    }

    /// The pools, the newest first.
    public List<QstrPool> pools() {
        return List.copyOf(pools);
    }

    /// How many strings there are; numbers run from 0 to one less.
    public long count() {
        return pools.isEmpty() ? 0 : pools.getFirst().first() + pools.getFirst().length();
    }

    /// Whether a number stands for a string.
    public boolean isValid(long qstr) {
        return qstr >= 0 && qstr < count();
    }

    /// Where the characters of a string are; 0 when there is no such string.
    public long dataAddress(long qstr) {
        QstrPool one = poolOf(qstr);
        if (one == null) {
            return 0;
        }
        long at = entry(one, (int) (qstr - one.first()));
        return isInline() ? at + inlineHash + inlineLength : at;
    }

    /// Where the record of a string starts: its hash when that is inline, else its characters.
    public long recordAddress(long qstr) {
        QstrPool one = poolOf(qstr);
        return one == null ? 0 : entry(one, (int) (qstr - one.first()));
    }

    /// The length of a string in bytes, without the zero that ends it.
    public int length(long qstr) {
        QstrPool one = poolOf(qstr);
        if (one == null) {
            return 0;
        }
        int index = (int) (qstr - one.first());
        if (pool.has("lengths")) {
            return (int)
                    memory.unsigned(
                            pool.get(one.address(), "lengths") + (long) index * lengthBytes,
                            lengthBytes);
        }
        if (pool.has("attrs")) {
            return (int)
                    attributes.get(
                            pool.get(one.address(), "attrs") + index * attributes.size(), "len");
        }
        return (int) littleEndian(entry(one, index) + inlineHash, inlineLength);
    }

    /// The bytes before and after the text of a string in its record: hash and length when inline, and the zero.
    public int overhead() {
        return isInline() ? inlineHash + inlineLength + 1 : 1;
    }

    private boolean isInline() {
        return !pool.has("lengths") && !pool.has("attrs");
    }

    /// The size of a pool in bytes, with the arrays that are allocated with it.
    public long poolBytes(QstrPool one) {
        long each = memory.wordSize();
        Optional<Field> hashes = pool.field("hashes");
        if (pool.has("lengths") && pool.get(one.address(), "lengths") > one.entries()) {
            each += lengthBytes;
            each +=
                    hashes.isPresent()
                            ? (pool.get(one.address(), "lengths")
                                            - pool.get(one.address(), "hashes"))
                                    / Math.max(1, one.capacity())
                            : 0;
        }
        return pool.offset("qstrs") + each * Math.min(one.capacity(), 1 << 24);
    }

    private @org.jspecify.annotations.Nullable QstrPool poolOf(long qstr) {
        for (QstrPool one : pools) {
            if (qstr >= one.first()) {
                return qstr - one.first() < one.length() ? one : null;
            }
        }
        return null;
    }

    /// The bytes of a string, as many as are there.
    public byte[] bytes(long qstr) {
        long at = dataAddress(qstr);
        return at == 0 ? new byte[0] : memory.bytes(at, Math.min(length(qstr), TEXT_LIMIT));
    }

    /// The text of a string; for a number that stands for none, `<qstr 123>`.
    public String text(long qstr) {
        String known = texts.get(qstr);
        if (known != null) {
            return known;
        }
        String text =
                isValid(qstr)
                        ? new String(bytes(qstr), StandardCharsets.UTF_8)
                        : "<qstr " + qstr + ">";
        if (texts.size() < 1 << 16) {
            texts.put(qstr, text);
        }
        return text;
    }
}
