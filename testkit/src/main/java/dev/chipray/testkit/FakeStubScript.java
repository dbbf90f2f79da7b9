package dev.chipray.testkit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a [FakeStub] answers: a small target with memory, registers and breakpoints, and answers of the test's own.
///
/// Used by the stub's thread once it is started; tests read the public state after they have let the stub go.
public final class FakeStubScript {

    /// What the stub does in place of answering.
    public enum Fault {
        NONE,
        /// Answers with a wrong checksum.
        DAMAGE,
        /// Answers `-`: please send again.
        REFUSE,
        /// Says nothing at all.
        HANG,
        /// Answers with bytes that are no packet.
        GARBAGE,
        /// Closes the connection.
        CLOSE
    }

    private final Map<String, UnaryOperator<String>> answers = new LinkedHashMap<>();
    private final Deque<String> stops = new ArrayDeque<>();
    private final Set<String> breakpoints = new LinkedHashSet<>();
    private String features = "PacketSize=400";
    private String connecting = "";
    private long memoryBase;
    private byte[] memory = {};
    private byte[] registers = new byte[68];
    private IntFunction<Fault> faults = _ -> Fault.NONE;
    private boolean running;
    private boolean detached;

    /// What `qSupported` answers.
    public FakeStubScript features(String text) {
        features = text;
        return this;
    }

    /// Sends a packet as soon as somebody connects.
    public FakeStubScript sayOnConnecting(String packet) {
        connecting = packet;
        return this;
    }

    /// Memory that can be read and written.
    public FakeStubScript memory(long base, byte[] bytes) {
        memoryBase = base;
        memory = bytes;
        return this;
    }

    /// What `g` answers.
    public FakeStubScript registers(byte[] bytes) {
        registers = bytes;
        return this;
    }

    /// Answers requests that begin with `prefix`, before anything else has a say.
    public FakeStubScript on(String prefix, UnaryOperator<String> answer) {
        answers.put(prefix, answer);
        return this;
    }

    /// The target stops by itself with this packet when it is resumed; given several times, in that order.
    public FakeStubScript stopWith(String packet) {
        stops.add(packet);
        return this;
    }

    /// What goes wrong with the request of a number, counted from 1 for each connection.
    public FakeStubScript fault(IntFunction<Fault> byRequest) {
        faults = byRequest;
        return this;
    }

    /// The memory as it is now.
    public byte[] memory() {
        return memory.clone();
    }

    /// `Z` packets whose `z` has not come, without their first letter.
    public Set<String> breakpoints() {
        return Set.copyOf(breakpoints);
    }

    public boolean isRunning() {
        return running;
    }

    public boolean isDetached() {
        return detached;
    }

    Fault fault(int request) {
        return faults.apply(request);
    }

    String onConnect() {
        return connecting;
    }

    String onInterrupt() {
        if (!running) {
            return "";
        }
        running = false;
        return "T02thread:01;";
    }

    /// The answer, or null where there is none yet.
    @Nullable String answer(String request) {
        for (Map.Entry<String, UnaryOperator<String>> entry : answers.entrySet()) {
            if (request.startsWith(entry.getKey())) {
                return entry.getValue().apply(request);
            }
        }
        if (request.startsWith("qSupported")) {
            return features;
        }
        return switch (request.charAt(0)) {
            case '?' -> "T05thread:01;";
            case 'Q' -> request.equals("QStartNoAckMode") ? "OK" : "";
            case 'g' -> HexFormat.of().formatHex(registers);
            case 'H' -> "OK";
            case 'm' -> read(request);
            case 'M' -> write(request);
            case 'Z' -> {
                breakpoints.add(request.substring(1));
                yield "OK";
            }
            case 'z' -> breakpoints.remove(request.substring(1)) ? "OK" : "E01";
            case 'c' -> resume();
            case 'D' -> {
                detached = true;
                running = true;
                yield "OK";
            }
            default -> "";
        };
    }

    private @Nullable String resume() {
        String stop = stops.poll();
        running = stop == null;
        return stop;
    }

    private String read(String request) {
        String[] numbers = request.substring(1).split(",", -1);
        long at = Long.parseUnsignedLong(numbers[0], 16) - memoryBase;
        int length = Integer.parseInt(numbers[1], 16);
        if (at < 0 || at > memory.length || length > memory.length - at) {
            return "E01";
        }
        return HexFormat.of().formatHex(Arrays.copyOfRange(memory, (int) at, (int) at + length));
    }

    private String write(String request) {
        int colon = request.indexOf(':');
        String[] numbers = request.substring(1, colon).split(",", -1);
        long at = Long.parseUnsignedLong(numbers[0], 16) - memoryBase;
        byte[] bytes = HexFormat.of().parseHex(request.substring(colon + 1));
        if (at < 0 || at > memory.length - bytes.length) {
            return "E01";
        }
        System.arraycopy(bytes, 0, memory, (int) at, bytes.length);
        return "OK";
    }
}
