package dev.chipray.ctype;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.RegisterReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What gdb printed about one stop of a program: frames to look into, and what gdb itself found in them.
final class RecordedFrames {
    /// What gdb says of one variable.
    record Seen(int frame, boolean inlined, String function, String name, int size, String value) {}

    private final List<Long> programCounters = new ArrayList<>();
    private final List<Map<Integer, Long>> registers = new ArrayList<>();
    private final TreeMap<Long, byte[]> memory;
    final List<Seen> seen = new ArrayList<>();
    private final long bias;
    private final int stackRegister;

    private RecordedFrames(Map<Long, byte[]> fixed, long bias, int stackRegister) {
        this.memory = new TreeMap<>(fixed);
        this.bias = bias;
        this.stackRegister = stackRegister;
    }

    static List<RecordedFrames> parse(String output, long linkedText, int stackRegister) {
        List<RecordedFrames> stops = new ArrayList<>();
        TreeMap<Long, byte[]> fixed = new TreeMap<>();
        long bias = 0;
        String function = "";
        int frame = 0;
        boolean inlined = false;
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", 4);
            RecordedFrames stop = stops.isEmpty() ? null : stops.getLast();
            if (words[0].equals("stop")) {
                stops.add(new RecordedFrames(fixed, bias, stackRegister));
            } else if (words[0].equals("text")) {
                bias = number(words[1]) - linkedText;
            } else if (words[0].equals("memory") && words.length == 3) {
                (stop == null ? fixed : stop.memory)
                        .put(number(words[1]), HexFormat.of().parseHex(words[2]));
            } else if (stop != null && words[0].equals("frame")) {
                stop.programCounters.add(number(words[1]));
                stop.registers.add(new HashMap<>());
            } else if (stop != null && words[0].equals("register")) {
                stop.registers.getLast().put(Integer.parseInt(words[1]), number(words[2]));
            } else if (words[0].equals("function") && words.length == 4) {
                frame = Integer.parseInt(words[1]);
                inlined = words[2].equals("1");
                function = words[3];
            } else if (stop != null && words[0].equals("variable") && words.length == 4) {
                stop.seen.add(
                        new Seen(
                                frame,
                                inlined,
                                function,
                                words[1],
                                Integer.parseInt(words[2]),
                                words[3]));
            }
        }
        return stops;
    }

    private static long number(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }

    private int read(long address, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            Map.Entry<Long, byte[]> block = memory.floorEntry(address + done);
            long within = block == null ? -1 : address + done - block.getKey();
            if (block == null || within >= block.getValue().length) {
                break;
            }
            into[offset + done++] = block.getValue()[(int) within];
        }
        return done;
    }

    FrameAccess frame(int index) {
        return new FrameAccess() {
            @Override
            public long programCounter() {
                return programCounters.get(index);
            }

            @Override
            public long lookupAddress() {
                return index == 0 ? programCounter() : programCounter() - 1;
            }

            @Override
            public long loadBias() {
                return bias;
            }

            @Override
            public RegisterReader registers() {
                return number -> {
                    Long value = registers.get(index).get(number);
                    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
                };
            }

            @Override
            public OptionalLong canonicalFrameAddress() {
                return caller().isPresent()
                        ? caller().get().registers().read(stackRegister)
                        : OptionalLong.empty();
            }

            @Override
            public MemoryReader memory() {
                return RecordedFrames.this::read;
            }

            @Override
            public Optional<FrameAccess> caller() {
                return index + 1 < programCounters.size()
                        ? Optional.of(frame(index + 1))
                        : Optional.empty();
            }
        };
    }
}
