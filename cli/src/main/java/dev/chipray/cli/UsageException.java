package dev.chipray.cli;

/// Options that make no sense together or for this input; the message says what to give instead.
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
