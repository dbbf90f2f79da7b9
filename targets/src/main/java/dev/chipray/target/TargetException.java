package dev.chipray.target;

/// Trouble with a target or the link to it; the message is one clear line for the user.
public final class TargetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What kind of trouble it is, for those who decide whether going on makes sense.
    public enum Trouble {
        /// The link cannot be opened, was closed or broke.
        LINK,
        /// The stub did not answer in time; the link is given up.
        SILENCE,
        /// The stub said what no stub should; the link is given up.
        PROTOCOL,
        /// The stub answered that it cannot or will not. The link is sound.
        REFUSED,
        /// The target is running and should be halted, or the other way round, or has ended. The link is sound.
        STATE
    }

    private final Trouble trouble;

    public TargetException(Trouble trouble, String message) {
        super(message);
        this.trouble = trouble;
    }

    public TargetException(Trouble trouble, String message, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }

    /// Whether the link can still be used.
    public boolean isLinkSound() {
        return trouble == Trouble.REFUSED || trouble == Trouble.STATE;
    }
}
