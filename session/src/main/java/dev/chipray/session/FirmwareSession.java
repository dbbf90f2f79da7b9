package dev.chipray.session;

import dev.chipray.symbols.Symbolizer;
import java.io.IOException;
import java.nio.file.Path;

/// Opens firmware with the caches that make a second command on it start at once; stateless.
public final class FirmwareSession {
    private FirmwareSession() {}

    /// The symboliser of an ELF file; closing it keeps what was parsed.
    ///
    /// Throws [dev.chipray.bytes.MalformedException] for a file that is no ELF and
    /// [dev.chipray.bytes.UnsupportedException] for one that is not linked.
    public static Symbolizer open(Path elf) throws IOException {
        return Symbolizer.open(
                elf,
                CacheDirectory.of(
                        System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home")));
    }
}
