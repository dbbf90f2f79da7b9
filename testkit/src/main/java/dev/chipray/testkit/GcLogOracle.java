package dev.chipray.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a log of GC activity means, worked out slowly and in the most obvious way, for tests to compare with.
///
/// Reads well-formed logs and those cut in the middle of an event. Shares no code with the product.
public final class GcLogOracle {

    /// @param file empty where gdb told none, with `line` 0
    public record Frame(long address, String function, String file, int line) {
        public String location() {
            return file + ":" + line;
        }
    }

    /// @param kind   ALLOCATE, RESIZE, FREE or SWEEP
    /// @param frames innermost first, without the hook
    public record Event(String kind, long time, long block, long size, List<Frame> frames) {}

    /// One allocation from its beginning to its end.
    ///
    /// @param endTrace null for what is alive, with `endTime` the number of events and `endCause` empty
    public record Life(
            long block,
            long size,
            List<Frame> startTrace,
            long startTime,
            @Nullable List<Frame> endTrace,
            long endTime,
            String endCause,
            boolean implied) {}

    private static final Pattern HEADING =
            Pattern.compile(
                    "Breakpoint 1, gc_log_change \\(start_block=(\\d+), length=(\\d+)\\).*");
    private static final Pattern VALUE = Pattern.compile("\\$\\d+ = 0x([0-9a-f]+)");
    private static final Pattern FRAME =
            Pattern.compile("#\\d+ +(?:0x([0-9a-f]+) in )?(\\S+) \\(.*\\) at (.*):(\\d+)");
    private static final Set<String> SWEEPS =
            Set.of("gc_sweep", "gc_sweep_free_blocks", "gc_sweep_run_finalisers");

    private final List<Event> events = new ArrayList<>();
    private final List<Life> ended = new ArrayList<>();
    private final TreeMap<Long, Life> live = new TreeMap<>();

    private GcLogOracle() {}

    public static GcLogOracle of(String log) {
        GcLogOracle oracle = new GcLogOracle();
        oracle.parse(log);
        oracle.replay();
        return oracle;
    }

    public List<Event> events() {
        return events;
    }

    /// What ended, in the order in which it did; of several by one event the lowest block first.
    public List<Life> ended() {
        return ended;
    }

    /// What is alive after the last event, lowest block first.
    public List<Life> live() {
        return new ArrayList<>(live.values());
    }

    private void parse(String log) {
        String[] lines = log.split("\n", -1);
        for (int at = 0; at < lines.length; at++) {
            Matcher heading = HEADING.matcher(lines[at]);
            if (lines[at].startsWith("Breakpoint 2, ")) {
                return;
            }
            if (!heading.matches()) {
                continue;
            }
            List<Long> values = new ArrayList<>();
            List<Frame> frames = new ArrayList<>();
            int end = at + 1;
            // The last piece of the split is what follows the last newline: nothing, or a line that
            // was cut.
            while (end < lines.length - 1 && !lines[end].startsWith("Breakpoint ")) {
                Matcher value = VALUE.matcher(lines[end]);
                if (value.matches()) {
                    values.add(Long.parseLong(value.group(1), 16));
                }
                Matcher frame = FRAME.matcher(lines[end]);
                if (frame.matches() && !frame.group(2).equals("gc_log_change")) {
                    frames.add(frame(frame));
                }
                end++;
            }
            if (frames.isEmpty()) {
                continue;
            }
            long block = values.isEmpty() ? Long.parseLong(heading.group(1)) : values.get(0);
            long size = values.size() < 2 ? Long.parseLong(heading.group(2)) : values.get(1);
            long time = values.size() < 3 ? events.size() : values.get(2);
            events.add(new Event(kind(size, frames), time, block, size, frames));
            at = end - 1;
        }
    }

    private static Frame frame(Matcher line) {
        long address = line.group(1) == null ? 0 : Long.parseUnsignedLong(line.group(1), 16);
        return new Frame(address, line.group(2), line.group(3), Integer.parseInt(line.group(4)));
    }

    private static String kind(long size, List<Frame> frames) {
        if (size == 0) {
            return SWEEPS.contains(frames.get(0).function()) ? "SWEEP" : "FREE";
        }
        for (Frame frame : frames.subList(0, Math.min(4, frames.size()))) {
            if (frame.function().equals("gc_realloc")) {
                return "RESIZE";
            }
            if (frame.function().equals("gc_alloc")) {
                return "ALLOCATE";
            }
        }
        return "ALLOCATE";
    }

    private void replay() {
        for (Event event : events) {
            if (event.size == 0) {
                if (live.containsKey(event.block)) {
                    end(event.block, event, event.kind.equals("SWEEP") ? "sweep" : "free", false);
                }
                continue;
            }
            if (event.kind.equals("RESIZE") && live.containsKey(event.block)) {
                end(event.block, event, "realloc", false);
            }
            for (Life old : new ArrayList<>(live.values())) {
                if (old.block < event.block + event.size && event.block < old.block + old.size) {
                    end(old.block, event, "free", true);
                }
            }
            live.put(
                    event.block,
                    new Life(
                            event.block, event.size, event.frames, event.time, null, 0, "", false));
        }
        live.replaceAll((block, life) ->
                new Life(
                        block,
                        life.size,
                        life.startTrace,
                        life.startTime,
                        null,
                        events.size(),
                        "",
                        false));
    }

    private void end(long block, Event event, String cause, boolean implied) {
        Life life = Objects.requireNonNull(live.remove(block));
        ended.add(
                new Life(
                        block,
                        life.size,
                        life.startTrace,
                        life.startTime,
                        event.frames,
                        event.time,
                        cause,
                        implied));
    }

    private static final class Node {
        final String function;
        long blocks;
        final TreeMap<String, Node> callees = new TreeMap<>();

        Node(String function) {
            this.function = function;
        }
    }

    /// The tree of live blocks in the classic shape.
    ///
    /// @param allFrames whether the allocator's own files are shown
    public String tree(boolean allFrames) {
        Node root = new Node("");
        long total = 0;
        for (Event event : events) {
            if (event.size > 0) {
                walk(root, event.frames, 0);
            }
        }
        for (Life life : live.values()) {
            walk(root, life.startTrace, life.size);
            total += life.size;
        }
        StringBuilder out = new StringBuilder();
        print(root, 0, allFrames, out);
        return out.append(total).append(" total blocks\n").toString();
    }

    private static void walk(Node root, List<Frame> innermostFirst, long blocks) {
        Node at = root;
        for (Frame frame : innermostFirst.reversed()) {
            at = at.callees.computeIfAbsent(frame.location(), _ -> new Node(frame.function()));
            at.blocks += blocks;
        }
    }

    private static void print(Node node, int level, boolean allFrames, StringBuilder out) {
        for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
            String location = callee.getKey();
            boolean allocator =
                    location.startsWith("../../py/malloc.c:")
                            || location.startsWith("../../py/gc.c:");
            if (callee.getValue().blocks == 0 || (allocator && !allFrames)) {
                continue;
            }
            out.append(" ".repeat(level == 0 ? 0 : 2 * level - 1)).append(location).append(' ');
            out.append(callee.getValue().function).append(' ');
            out.append(callee.getValue().blocks).append(" blocks\n");
            print(callee.getValue(), level + 1, allFrames, out);
        }
    }
}
