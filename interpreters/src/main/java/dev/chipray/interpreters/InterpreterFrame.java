package dev.chipray.interpreters;

/// A function of a script that is running or waiting; immutable.
///
/// @param state where the interpreter keeps the frame's state
/// @param function where the function object is
/// @param name the function's name; `<module>` for the top of a file
/// @param file its source file as the interpreter names it; empty when it is not known
/// @param line the line it executes; 0 when it is not known
public record InterpreterFrame(long state, long function, String name, String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line + " " + name;
    }
}
