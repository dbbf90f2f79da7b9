package dev.chipray.interpreters.micropython;

/// What the head of a function's bytecode says; immutable.
///
/// @param states entries of its value stack, arguments and locals included
/// @param exceptionStates entries of its exception stack
/// @param flags the scope's flags
/// @param positional how many positional arguments it takes
/// @param keywordOnly how many keyword-only arguments it takes
/// @param defaults how many of the positional arguments have a default
/// @param name its name
/// @param file the name of its source file
/// @param lineInfo where its line table starts
/// @param lineInfoEnd where its line table ends at the latest
/// @param base the address from which the line table counts
/// @param opcodes where its first opcode is, or somewhat before
public record Prelude(
        long states,
        long exceptionStates,
        int flags,
        int positional,
        int keywordOnly,
        int defaults,
        String name,
        String file,
        long lineInfo,
        long lineInfoEnd,
        long base,
        long opcodes) {}
