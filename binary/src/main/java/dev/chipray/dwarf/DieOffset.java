package dev.chipray.dwarf;

/// Where an entry of debug information is.
///
/// @param inTypes whether in `.debug_types` (DWARF 4's type units) and not in `.debug_info`
/// @param value the offset in that section
public record DieOffset(boolean inTypes, long value) {
    @Override
    public String toString() {
        return "%s+0x%x".formatted(inTypes ? ".debug_types" : ".debug_info", value);
    }
}
