package dev.chipray.target.rsp;

import java.io.Closeable;
import java.io.IOException;

/// Moves bytes between here and a stub; the thin part under the protocol.
///
/// One thread reads and writes at a time. [#close()] may be called by any thread and ends a read that waits.
public interface Transport extends Closeable {

    /// Reads what is there, waiting at most `timeoutMillis` for the first byte.
    ///
    /// @return how many bytes, 0 where the time is over, -1 where the other side has closed
    int read(byte[] into, int timeoutMillis) throws IOException;

    /// Writes all of `bytes`.
    void write(byte[] bytes) throws IOException;

    /// The other side, for messages.
    String description();
}
