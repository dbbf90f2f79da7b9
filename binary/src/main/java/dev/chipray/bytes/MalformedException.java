package dev.chipray.bytes;

/// Says that input breaks its own format: what was read, where, which field, and the value that cannot be.
///
/// Nothing else may leave a parser because of the bytes it was given.
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final long offset;
    private final String field;
    private final long value;

    /// @param what what was being read: a section or file name
    /// @param offset where in it, in bytes
    /// @param field the field, and what is wrong with it
    /// @param value the value that cannot be
    public MalformedException(String what, long offset, String field, long value) {
        super(describe(what, offset, field, value));
        this.what = what;
        this.offset = offset;
        this.field = field;
        this.value = value;
    }

    private static String describe(String what, long offset, String field, long value) {
        return "%s at 0x%x: %s (0x%x)".formatted(what, offset, field, value);
    }

    /// The section or file that was being read.
    public String what() {
        return what;
    }

    /// Where in [#what], in bytes.
    public long offset() {
        return offset;
    }

    /// The field, and what is wrong with it.
    public String field() {
        return field;
    }

    /// The value that cannot be.
    public long value() {
        return value;
    }
}
