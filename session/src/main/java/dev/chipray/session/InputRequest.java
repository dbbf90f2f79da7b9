package dev.chipray.session;

import java.util.Optional;

/// An input as the user named it, with what the user told about it.
///
/// @param path       a file, or `-` for standard input
/// @param format     the name of the format to read it as, or empty to recognise it by content
/// @param blockSize  bytes of a block, or 0 where the input must tell
/// @param heapBlocks length of the heap in blocks, or 0 where the input must tell
public record InputRequest(String path, Optional<String> format, long blockSize, long heapBlocks) {

    /// The name that stands for standard input.
    public static final String STANDARD_INPUT = "-";

    public static InputRequest of(String path) {
        return new InputRequest(path, Optional.empty(), 0, 0);
    }

    public boolean isStandardInput() {
        return path.equals(STANDARD_INPUT);
    }

    /// What to call the input in messages and titles.
    public String name() {
        return isStandardInput() ? "standard input" : path;
    }
}
