package dev.chipray.target.rsp;

import dev.chipray.target.StopEvent;
import dev.chipray.target.StopEvent.Reason;
import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import java.util.OptionalLong;

/// Reads stop packets: `S05`, `T05thread:p1.1;watch:2000;`, `W00`, `X09`, with or without the multiprocess form.
final class StopReplies {

    private StopReplies() {}

    /// Whether a packet says that the target stopped; no answer to another request looks like that.
    static boolean isStop(byte[] packet) {
        if (packet.length < 2) {
            return false;
        }
        return switch (packet[0]) {
            case 'S', 'T' -> codeDigits(packet) == 2;
            // gdbserver writes the shortest number: `W0;process:1`.
            case 'W', 'X' -> codeDigits(packet) > 0;
            default -> false;
        };
    }

    private static int codeDigits(byte[] packet) {
        int digits = 0;
        while (digits < 2 && 1 + digits < packet.length && Packets.digit(packet[1 + digits]) >= 0) {
            digits++;
        }
        return digits;
    }

    static StopEvent parse(byte[] packet) {
        if (!isStop(packet)) {
            throw new TargetException(
                    Trouble.PROTOCOL,
                    "the stub says '%s' where it should say why the target stopped"
                            .formatted(excerpt(packet)));
        }
        int code = Integer.parseInt(Packets.text(packet).substring(1, 1 + codeDigits(packet)), 16);
        return switch (packet[0]) {
            case 'W' -> new StopEvent(Reason.EXITED, code, "", OptionalLong.empty());
            case 'X' -> new StopEvent(Reason.KILLED, code, "", OptionalLong.empty());
            case 'S' -> new StopEvent(Reason.SIGNAL, code, "", OptionalLong.empty());
            default -> withDetails(code, Packets.text(packet).substring(3));
        };
    }

    private static StopEvent withDetails(int code, String details) {
        Reason reason = Reason.SIGNAL;
        String thread = "";
        OptionalLong address = OptionalLong.empty();
        for (String pair : details.split(";", -1)) {
            int colon = pair.indexOf(':');
            String key = colon < 0 ? pair : pair.substring(0, colon);
            String value = colon < 0 ? "" : pair.substring(colon + 1);
            switch (key) {
                case "thread" -> thread = value;
                case "watch", "rwatch", "awatch" -> {
                    reason = Reason.WATCHPOINT;
                    address = number(value);
                }
                case "swbreak" -> reason = Reason.SOFTWARE_BREAKPOINT;
                case "hwbreak" -> reason = Reason.HARDWARE_BREAKPOINT;
                default -> {}
            }
        }
        return new StopEvent(reason, code, thread, address);
    }

    private static OptionalLong number(String hex) {
        try {
            return OptionalLong.of(Long.parseUnsignedLong(hex, 16));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /// The beginning of a packet, fit for a message.
    static String excerpt(byte[] packet) {
        String printable = Packets.text(packet).replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 40 ? printable : printable.substring(0, 40) + "...";
    }
}
