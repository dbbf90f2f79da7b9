package dev.chipray.trace;

/// An input that gives no answer at all; the message is one clear line for the user, without the file's name, which the
/// session adds.
public abstract sealed class InputException extends RuntimeException
        permits MalformedInputException, UnsupportedInputException {

    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
