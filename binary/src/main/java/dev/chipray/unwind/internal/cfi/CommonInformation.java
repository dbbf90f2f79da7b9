package dev.chipray.unwind.internal.cfi;

/// A common information entry: what the descriptions of many functions share; immutable.
///
/// @param offset where it is in its section
/// @param codeAlignment factor of code advances
/// @param dataAlignment factor of stack offsets
/// @param returnRegister the DWARF number of the column that holds the return address
/// @param pointerEncoding how addresses in its descriptions are written
/// @param addressSize bytes of an address
/// @param augmented whether its descriptions carry the length of extra data
/// @param signal whether its functions are entered by an interruption, so that the return address is not after a call
/// @param instructions offset of its instructions
/// @param end offset of the end of its instructions
record CommonInformation(
        long offset,
        long codeAlignment,
        long dataAlignment,
        int returnRegister,
        int pointerEncoding,
        int addressSize,
        boolean augmented,
        boolean signal,
        long instructions,
        long end) {}
