package dev.chipray.trace;

/// An input that is sound but that Chipray cannot read: says what exactly, and what would help.
public final class UnsupportedInputException extends InputException {

    private static final long serialVersionUID = 1L;

    public UnsupportedInputException(String what, String whatWouldHelp) {
        super(what + "; " + whatWouldHelp);
    }
}
