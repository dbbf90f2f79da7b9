package dev.chipray.session.heap;

import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.session.InputFailedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A dump, open: the heaps that it holds; for one thread. What it throws carries the input's name.
public final class HeapSession {
    private final String name;
    private final List<HeapSnapshot> snapshots;
    private final int snapshotsInFile;

    HeapSession(String name, List<HeapSnapshot> snapshots, int snapshotsInFile) {
        this.name = name;
        this.snapshots = List.copyOf(snapshots);
        this.snapshotsInFile = snapshotsInFile;
    }

    /// Opens a dump and finds the heap in it.
    ///
    /// @throws InputFailedException where there is none, with what would help
    public static HeapSession open(HeapRequest request) throws IOException {
        Path dump = request.dump();
        try {
            for (Path file : allFiles(request)) {
                if (Files.isDirectory(file)) {
                    throw new InputFailedException(
                            file.toString(), "is a folder; name a file in it", null);
                }
            }
            return new DumpOpener(request).open();
        } catch (MalformedException | UnsupportedException e) {
            throw new InputFailedException(dump.toString(), String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new InputFailedException(String.valueOf(e.getFile()), "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new InputFailedException(String.valueOf(e.getFile()), "may not be read", e);
        }
    }

    private static List<Path> allFiles(HeapRequest request) {
        List<Path> files = new ArrayList<>(request.firmware());
        files.add(request.dump());
        request.linked()
                .ifPresent(linked -> {
                    files.add(linked.binary());
                    files.add(linked.map());
                    files.add(linked.profile());
                });
        return files;
    }

    /// What to call the input.
    public String name() {
        return name;
    }

    /// The snapshots that were asked for, the oldest first; at least one.
    public List<HeapSnapshot> snapshots() {
        return snapshots;
    }

    /// How many snapshots the file has.
    public int snapshotsInFile() {
        return snapshotsInFile;
    }

    /// The last of the snapshots.
    public HeapSnapshot last() {
        return snapshots.getLast();
    }
}
