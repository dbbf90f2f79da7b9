package dev.chipray.dwarf.raw;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwForm;
import org.jspecify.annotations.Nullable;

/// What the root entry of a unit says about the unit; immutable.
///
/// @param tag compile unit, partial unit, type unit or skeleton
/// @param name the source file, empty when not said
/// @param directory the compiler's working directory, empty when not said
/// @param producer the compiler and its options, empty when not said
/// @param language a `DW_LANG` code, 0 when not said
/// @param lines the offset of the line program, -1 when there is none
/// @param hasLow whether `low` was there
/// @param low the address from which ranges count
/// @param high one past the last address, equal to `low` when not said
/// @param rangesForm the form of the list of ranges, 0 when there is none
/// @param ranges its raw value
/// @param splitFile the file that holds the real unit, null when it is this one
/// @param splitId the identifier under which to find it
public record RootValues(
        int tag,
        String name,
        String directory,
        String producer,
        int language,
        long lines,
        boolean hasLow,
        long low,
        long high,
        int rangesForm,
        long ranges,
        @Nullable String splitFile,
        long splitId) {

    static RootValues read(UnitContext unit) {
        Reader reader = new Reader(unit);
        return reader.read();
    }

    private static final class Reader {
        private final UnitContext unit;
        private String name = "";
        private String directory = "";
        private String producer = "";
        private int language;
        private long lines = -1;
        private boolean hasLow;
        private long low;
        private long high;
        private boolean highIsSize;
        private int rangesForm;
        private long ranges;
        private @Nullable String splitFile;
        private long splitId;

        Reader(UnitContext unit) {
            this.unit = unit;
        }

        RootValues read() {
            splitId = unit.header().signature();
            ByteCursor in = unit.entries();
            AbbreviationTable table = unit.table();
            long code = in.uleb128();
            int index = table.find(code);
            if (index < 0) {
                throw new MalformedException(
                        unit.section().name(),
                        unit.header().firstEntry(),
                        "root entry without abbreviation",
                        code);
            }
            for (int spec = table.firstSpec(index); spec < table.endSpec(index); spec++) {
                attribute(in, table.attribute(spec), table.form(spec), table.constant(spec));
            }
            long end = highIsSize ? low + high : high;
            boolean ordered = hasLow && Long.compareUnsigned(low, end) <= 0;
            return new RootValues(
                    table.tag(index),
                    name,
                    directory,
                    producer,
                    language,
                    lines,
                    hasLow,
                    low,
                    ordered ? end : low,
                    rangesForm,
                    ranges,
                    splitFile,
                    splitId);
        }

        private void attribute(ByteCursor in, int attribute, int form, long constant) {
            switch (attribute) {
                case DwAt.NAME -> name = text(in, form);
                case DwAt.COMP_DIR -> directory = text(in, form);
                case DwAt.PRODUCER -> producer = text(in, form);
                case DwAt.DWO_NAME, DwAt.GNU_DWO_NAME -> splitFile = text(in, form);
                case DwAt.LANGUAGE -> language = (int) number(in, form, constant);
                case DwAt.STMT_LIST -> lines = number(in, form, constant);
                case DwAt.GNU_DWO_ID -> splitId = number(in, form, constant);
                case DwAt.LOW_PC -> {
                    low = number(in, form, constant);
                    hasLow = true;
                }
                case DwAt.HIGH_PC -> {
                    highIsSize = !isAddress(form);
                    high = number(in, form, constant);
                }
                case DwAt.RANGES -> {
                    rangesForm = form;
                    ranges = number(in, form, constant);
                }
                default -> Forms.skip(unit.format(), in, form);
            }
        }

        private String text(ByteCursor in, int form) {
            String value = Forms.string(unit, in, form);
            return value == null ? "" : value;
        }

        private long number(ByteCursor in, int form, long constant) {
            return Forms.number(unit, in, form, constant);
        }
    }

    /// Whether a form holds an address, so that `DW_AT_high_pc` is one and not a size.
    public static boolean isAddress(int form) {
        return switch (form) {
            case DwForm.ADDR,
                    DwForm.ADDRX,
                    DwForm.ADDRX1,
                    DwForm.ADDRX2,
                    DwForm.ADDRX3,
                    DwForm.ADDRX4,
                    DwForm.GNU_ADDR_INDEX ->
                    true;
            default -> false;
        };
    }
}
