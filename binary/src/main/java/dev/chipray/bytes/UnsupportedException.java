package dev.chipray.bytes;

/// Says that input is well formed but not something Chipray reads, and what would help.
public final class UnsupportedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;

    /// @param what exactly what is not supported
    /// @param remedy what the user can do about it
    public UnsupportedException(String what, String remedy) {
        super(what + "; " + remedy);
        this.what = what;
        this.remedy = remedy;
    }

    /// Exactly what is not supported.
    public String what() {
        return what;
    }

    /// What the user can do about it.
    public String remedy() {
        return remedy;
    }
}
