package dev.chipray.cli;

import dev.chipray.analysis.heap.ObjectFinder;
import dev.chipray.heap.Heap;
import dev.chipray.session.InputFailedException;
import dev.chipray.session.heap.HeapSnapshot;
import java.io.IOException;

/// Finds the object that an argument of a command means.
final class HeapObjects {

    private HeapObjects() {}

    /// The object at an address, or at a path.
    ///
    /// @throws InputFailedException where there is none, with what is there instead
    static int find(HeapSnapshot snapshot, String argument) throws IOException {
        Heap heap = snapshot.heap();
        if (argument.startsWith("0x") || argument.startsWith("0X")) {
            long address;
            try {
                address = Long.parseUnsignedLong(argument.substring(2), 16);
            } catch (NumberFormatException e) {
                throw new UsageException("'" + argument + "' is no address");
            }
            int object = ObjectFinder.at(heap, address);
            if (object == Heap.NONE) {
                throw new InputFailedException(
                        snapshot.name(),
                        ObjectFinder.isInHeap(heap, address)
                                ? "nothing is allocated at " + argument
                                : argument + " is not on the heap",
                        null);
            }
            return object;
        }
        int object = ObjectFinder.byPath(heap, argument);
        if (object == Heap.NONE) {
            throw new InputFailedException(
                    snapshot.name(),
                    "no object on the heap is called '"
                            + argument
                            + "'; a path starts with a module or a global, as in app.cache['x'][3]; small integers,"
                            + " interned strings and what is in flash are not on the heap",
                    null);
        }
        return object;
    }
}
