package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwForm;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The abbreviations of a unit, prepared for walking over entries quickly; immutable, for any thread.
///
/// Each abbreviation carries a short program that moves over its attributes, in which neighbours of fixed size are one
/// step, so that an entry nobody is interested in costs an addition or two.
public final class AbbreviationTable {
    private static final int FIRST = 64;

    private final UnitFormat format;
    private int count;
    private int[] tags = new int[FIRST];
    private boolean[] children = new boolean[FIRST];

    /// Where the (attribute, form, constant index) triples of an abbreviation start; one more than there are.
    private int[] starts = new int[FIRST + 1];

    private int[] specs = new int[8 * FIRST];
    private int specCount;
    private long[] constants = new long[8];
    private int constantCount;
    private int[][] steps = new int[FIRST][];
    private int lowestCode = -1;
    private boolean dense = true;
    private final Map<Long, Integer> sparse = new HashMap<>();

    private AbbreviationTable(UnitFormat format) {
        this.format = format;
    }

    /// Reads the table at an offset of `.debug_abbrev`.
    public static AbbreviationTable read(ByteView section, long offset, UnitFormat format) {
        AbbreviationTable table = new AbbreviationTable(format);
        ByteCursor in = section.cursor(offset);
        while (in.hasRemaining()) {
            long code = in.uleb128();
            if (code == 0) {
                break;
            }
            table.add(code, in);
        }
        return table;
    }

    private void add(long code, ByteCursor in) {
        if (count == tags.length) {
            tags = Arrays.copyOf(tags, 2 * count);
            children = Arrays.copyOf(children, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count + 1);
            steps = Arrays.copyOf(steps, 2 * count);
        }
        tags[count] = (int) in.uleb128();
        children[count] = in.u8() != 0;
        while (true) {
            int attribute = (int) in.uleb128();
            int form = (int) in.uleb128();
            if (attribute == 0 && form == 0) {
                break;
            }
            addSpec(attribute, form, form == DwForm.IMPLICIT_CONST ? in.sleb128() : 0);
        }
        steps[count] = prepare(starts[count], specCount);
        if (count == 0) {
            lowestCode = (int) code;
        }
        dense &= code == (long) lowestCode + count;
        sparse.putIfAbsent(code, count);
        count++;
        starts[count] = specCount;
    }

    private void addSpec(int attribute, int form, long constant) {
        if (3 * specCount + 3 > specs.length) {
            specs = Arrays.copyOf(specs, 2 * specs.length);
        }
        int constantIndex = -1;
        if (form == DwForm.IMPLICIT_CONST) {
            if (constantCount == constants.length) {
                constants = Arrays.copyOf(constants, 2 * constantCount);
            }
            constantIndex = constantCount;
            constants[constantCount++] = constant;
        }
        specs[3 * specCount] = attribute;
        specs[3 * specCount + 1] = form;
        specs[3 * specCount + 2] = constantIndex;
        specCount++;
    }

    /// A step is a number of bytes, or the negated form of a value whose bytes tell its size.
    private int[] prepare(int from, int to) {
        int[] program = new int[to - from];
        int length = 0;
        for (int spec = from; spec < to; spec++) {
            int size = format.fixedSize(form(spec));
            if (size < 0) {
                program[length++] = -form(spec);
            } else if (length > 0 && program[length - 1] >= 0) {
                program[length - 1] += size;
            } else {
                program[length++] = size;
            }
        }
        return Arrays.copyOf(program, length);
    }

    /// The index of the abbreviation with a code, or -1.
    public int find(long code) {
        if (dense) {
            long index = code - lowestCode;
            return index >= 0 && index < count ? (int) index : -1;
        }
        @Nullable Integer index = sparse.get(code);
        return index == null ? -1 : index;
    }

    /// How many abbreviations there are.
    public int size() {
        return count;
    }

    /// What the entry describes.
    public int tag(int index) {
        return tags[index];
    }

    /// Whether entries under it follow.
    public boolean hasChildren(int index) {
        return children[index];
    }

    /// The first attribute specification.
    public int firstSpec(int index) {
        return starts[index];
    }

    /// One past the last attribute specification.
    public int endSpec(int index) {
        return starts[index + 1];
    }

    /// The attribute of a specification.
    public int attribute(int spec) {
        return specs[3 * spec];
    }

    /// The form of a specification.
    public int form(int spec) {
        return specs[3 * spec + 1];
    }

    /// The constant that stands in the abbreviation itself.
    public long constant(int spec) {
        int index = specs[3 * spec + 2];
        return index < 0 ? 0 : constants[index];
    }

    /// Whether the entry starts with a reference to its next sibling, as compilers write it where skipping pays.
    public boolean startsWithSibling(int index) {
        int spec = starts[index];
        return spec < starts[index + 1] && attribute(spec) == DwAt.SIBLING;
    }

    /// Whether the entry has an attribute.
    public boolean has(int index, int attribute) {
        for (int spec = starts[index]; spec < starts[index + 1]; spec++) {
            if (attribute(spec) == attribute) {
                return true;
            }
        }
        return false;
    }

    /// Moves from the first attribute of an entry to behind its last one.
    public void skip(int index, ByteCursor in) {
        for (int step : steps[index]) {
            if (step >= 0) {
                in.skip(step);
            } else {
                Forms.skip(format, in, -step);
            }
        }
    }
}
