package dev.chipray.session;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An input gave no answer; the message is the one line that the user sees, with the input's name.
public final class InputFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    public InputFailedException(String name, String message, @Nullable Exception cause) {
        super(name + ": " + message, cause);
    }
}
