package dev.chipray.analysis.heap;

import dev.chipray.heap.Heap;
import dev.chipray.heap.HeapArea;
import dev.chipray.heap.HeapRoot;
import java.util.ArrayList;
import java.util.List;

/// Finds objects by what a user calls them: an address, or a path such as `app.cache['x'][3]`; stateless.
public final class ObjectFinder {
    private ObjectFinder() {}

    /// The object whose allocation an address is in, or [Heap#NONE].
    public static int at(Heap heap, long address) {
        int low = 0;
        int high = heap.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (heap.address(middle) > address) {
                high = middle - 1;
            } else if (heap.address(middle) + heap.bytes(middle) <= address) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return Heap.NONE;
    }

    /// Whether an address lies in one of the heap's areas.
    public static boolean isInHeap(Heap heap, long address) {
        for (HeapArea area : heap.areas()) {
            long offset = address - area.start();
            if (offset >= 0 && offset < (long) area.blocks() * area.blockSize()) {
                return true;
            }
        }
        return false;
    }

    /// The object that a path leads to, or [Heap#NONE]. A path starts with a module, a global of the main module, or a
    /// root as it is listed; a step is an attribute, a key or an index, and the dictionaries of modules, classes and
    /// functions need no step of their own.
    public static int byPath(Heap heap, String path) {
        List<String> steps = steps(path);
        if (steps.isEmpty()) {
            return Heap.NONE;
        }
        String first = steps.getFirst();
        if (first.equals("__main__") && steps.size() > 1 && steps.get(1).startsWith(".")) {
            int start = root(heap, "dict_main['" + steps.get(1).substring(1) + "']");
            return follow(heap, start, steps.subList(2, steps.size()));
        }
        for (int used = steps.size(); used > 0; used--) {
            int start = root(heap, String.join("", steps.subList(0, used)));
            int found = follow(heap, start, steps.subList(used, steps.size()));
            if (found != Heap.NONE) {
                return found;
            }
        }
        for (String place : List.of("dict_main['", "mp_loaded_modules_dict['")) {
            int found =
                    follow(heap, root(heap, place + first + "']"), steps.subList(1, steps.size()));
            if (found != Heap.NONE) {
                return found;
            }
        }
        return Heap.NONE;
    }

    private static int root(Heap heap, String name) {
        for (HeapRoot root : heap.roots()) {
            if (root.name().equals(name)) {
                return root.target();
            }
        }
        return Heap.NONE;
    }

    private static int follow(Heap heap, int start, List<String> steps) {
        int at = start;
        for (int i = 0; i < steps.size() && at != Heap.NONE; i++) {
            String step = steps.get(i);
            int next = labelled(heap, at, step);
            if (next == Heap.NONE && step.startsWith(".") && i + 1 < steps.size()) {
                next = labelled(heap, at, step.substring(1) + steps.get(i + 1));
                i += next == Heap.NONE ? 0 : 1;
            }
            for (String table : List.of(".__dict__", ".globals")) {
                int dictionary = next == Heap.NONE ? labelled(heap, at, table) : Heap.NONE;
                if (dictionary != Heap.NONE && step.startsWith(".")) {
                    next = labelled(heap, dictionary, "['" + step.substring(1) + "']");
                }
            }
            at = next;
        }
        return at;
    }

    private static int labelled(Heap heap, int object, String label) {
        for (int r = heap.firstReference(object); r < heap.endOfReferences(object); r++) {
            if (heap.label(r).equals(label)) {
                return heap.target(r);
            }
        }
        return Heap.NONE;
    }

    /// `a.b['c.d'][3]` as `a`, `.b`, `['c.d']`, `[3]`.
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        int start = 0;
        char quote = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ((c == '.' || c == '[') && i > start) {
                steps.add(path.substring(start, i));
                start = i;
            }
        }
        if (start < path.length()) {
            steps.add(path.substring(start));
        }
        return steps;
    }
}
