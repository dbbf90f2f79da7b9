package dev.chipray.target.rsp;

import dev.chipray.target.MemoryRegion;
import dev.chipray.target.RegisterLayout;
import dev.chipray.target.StopEvent;
import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import dev.chipray.target.rsp.RspLink.Acknowledging;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The first talk with a stub: finds out what it can do, how it wants to be treated, and that the target stands still.
final class Handshake {

    private static final int LEAST_PACKET = 64;
    private static final int USUAL_PACKET = 400;
    private static final int MOST_PACKET = 1 << 18;
    private static final int LONGEST_DOCUMENT = 1 << 20;
    private static final int STOP_MILLIS = 5_000;

    private final RspExchange exchange;
    private final Map<String, String> features = new LinkedHashMap<>();
    private int packetSize = USUAL_PACKET;
    private boolean noAcks;
    private StubKind kind = StubKind.OTHER;

    Handshake(RspExchange exchange) {
        this.exchange = exchange;
    }

    /// What a handshake found.
    record Result(Capabilities capabilities, RegisterLayout layout, StopEvent stop) {}

    Result run() {
        readFeatures();
        agreeOnAcknowledging();
        StopEvent stop = readStop();
        kind = identify();
        if (!noAcks) {
            exchange.link().acknowledge(kind.acknowledging());
        }
        // QEMU accepts single registers only once it was asked for their description.
        RegisterLayout layout =
                features.containsKey("qXfer:features:read")
                        ? TargetXml.readRegisters(name -> document("features", name))
                        : new RegisterLayout("", List.of());
        List<MemoryRegion> map =
                features.containsKey("qXfer:memory-map:read")
                        ? TargetXml.readMemoryMap(document("memory-map", ""))
                        : List.of();
        Capabilities capabilities =
                new Capabilities(
                        kind,
                        packetSize,
                        noAcks,
                        features,
                        resumes(),
                        Packets.isOk(exchange.request("X0,0:")),
                        features.containsKey("binary-upload"),
                        !layout.registers().isEmpty(),
                        map,
                        foundRunning());
        return new Result(capabilities, layout, stop);
    }

    private void readFeatures() {
        // gdbserver describes the registers of a PC only to those who say that they read such
        // descriptions.
        byte[] answer =
                exchange.request(
                        "qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+;xmlRegisters=i386");
        for (String item : Packets.text(answer).split(";", -1)) {
            int equals = item.indexOf('=');
            if (equals > 0) {
                features.put(item.substring(0, equals), item.substring(equals + 1));
            } else if (item.endsWith("+")) {
                features.put(item.substring(0, item.length() - 1), "");
            }
        }
        String told = features.get("PacketSize");
        if (told != null) {
            try {
                packetSize = Math.clamp(Integer.parseInt(told, 16), LEAST_PACKET, MOST_PACKET);
            } catch (NumberFormatException _) {
                packetSize = USUAL_PACKET;
            }
        }
    }

    private void agreeOnAcknowledging() {
        noAcks =
                features.containsKey("QStartNoAckMode")
                        && Packets.isOk(exchange.request("QStartNoAckMode"));
        if (noAcks) {
            exchange.link().acknowledge(Acknowledging.NONE);
        }
    }

    private StopEvent readStop() {
        exchange.send(Packets.ascii("?"));
        byte[] answer = exchange.await(STOP_MILLIS);
        if (answer == null) {
            throw new TargetException(
                    Trouble.SILENCE, "the stub does not say whether the target has stopped");
        }
        // A packet that announced the stop and the answer look the same; a second one is passed
        // over later.
        StopEvent stop = StopReplies.parse(answer);
        if (!stop.isAlive()) {
            throw new TargetException(Trouble.STATE, "the stub has no program to look at");
        }
        return stop;
    }

    private StubKind identify() {
        if (Packets.startsWith(exchange.request("qqemu.sstepbits"), "ENABLE")) {
            return StubKind.QEMU;
        }
        if (features.containsKey("QPassSignals") || features.containsKey("qXfer:auxv:read")) {
            return StubKind.GDBSERVER;
        }
        String version = Monitor.run(exchange, "version");
        if (version.contains("Open On-Chip Debugger")) {
            return StubKind.OPENOCD;
        }
        if (version.contains("J-Link")) {
            return StubKind.JLINK;
        }
        return version.contains("Black Magic") ? StubKind.BLACK_MAGIC : StubKind.OTHER;
    }

    private Optional<Boolean> foundRunning() {
        if (exchange.takeUnasked() != null) {
            return Optional.of(true);
        }
        return kind.announcesStopOnConnecting() ? Optional.of(false) : Optional.empty();
    }

    private Set<Character> resumes() {
        Set<Character> actions = new HashSet<>();
        byte[] answer = exchange.request("vCont?");
        if (Packets.startsWith(answer, "vCont")) {
            for (String action : Packets.text(answer).substring(5).split(";", -1)) {
                if (!action.isEmpty()) {
                    actions.add(action.charAt(0));
                }
            }
        }
        return actions;
    }

    /// A document that comes in pieces; empty where the stub has none.
    private String document(String object, String name) {
        StringBuilder text = new StringBuilder();
        int piece = Math.max(LEAST_PACKET, packetSize - 32);
        while (text.length() < LONGEST_DOCUMENT) {
            byte[] answer =
                    exchange.request(
                            "qXfer:%s:read:%s:%x,%x".formatted(object, name, text.length(), piece));
            if (answer.length == 0 || (answer[0] != 'm' && answer[0] != 'l')) {
                return "";
            }
            text.append(Packets.text(answer), 1, answer.length);
            if (answer[0] == 'l' || answer.length == 1) {
                return text.toString();
            }
        }
        return "";
    }
}
