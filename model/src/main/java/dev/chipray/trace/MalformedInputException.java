package dev.chipray.trace;

/// An input that is not what it says, or that was damaged beyond use.
public final class MalformedInputException extends InputException {

    private static final long serialVersionUID = 1L;

    private final long offset;

    /// @param offset byte offset in the input, or -1 where no single place is at fault
    public MalformedInputException(String message, long offset) {
        super(offset < 0 ? message : message + " (at byte 0x" + Long.toHexString(offset) + ")");
        this.offset = offset;
    }

    /// Byte offset in the input, or -1 where no single place is at fault.
    public long offset() {
        return offset;
    }
}
