package dev.chipray.target.rsp;

import dev.chipray.target.MemoryRegion;
import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The breakpoints and watchpoints that are in the target now, and which kinds its stub knows.
final class Breakpoints {

    /// A breakpoint in the target.
    ///
    /// @param size bytes of the instruction or of the data watched, as the protocol wants it
    record Inserted(BreakpointKind kind, long address, int size) {}

    private final Set<Inserted> inserted = new LinkedHashSet<>();
    private final Set<BreakpointKind> unknown = EnumSet.noneOf(BreakpointKind.class);

    /// Inserts one of `kinds`, the first that the stub accepts.
    Inserted insert(RspExchange exchange, List<BreakpointKind> kinds, long address, int size) {
        String said = "";
        for (BreakpointKind kind : kinds) {
            if (unknown.contains(kind)) {
                continue;
            }
            Inserted breakpoint = new Inserted(kind, address, size);
            byte[] answer = exchange.request(packet('Z', breakpoint));
            if (Packets.isOk(answer)) {
                inserted.add(breakpoint);
                return breakpoint;
            }
            if (answer.length == 0) {
                unknown.add(kind);
            } else {
                said = " (it says %s)".formatted(StopReplies.excerpt(answer));
            }
        }
        throw new TargetException(
                Trouble.REFUSED,
                "the stub has no %s left for 0x%x%s"
                        .formatted(kinds.getFirst().title(), address, said));
    }

    void remove(RspExchange exchange, Inserted breakpoint) {
        if (!inserted.contains(breakpoint)) {
            return;
        }
        if (!Packets.isOk(exchange.request(packet('z', breakpoint)))) {
            throw new TargetException(
                    Trouble.REFUSED,
                    "the stub does not remove the %s at 0x%x"
                            .formatted(breakpoint.kind().title(), breakpoint.address()));
        }
        inserted.remove(breakpoint);
    }

    /// Removes all of them, as far as the stub lets it.
    ///
    /// @return whether none is left
    boolean removeAll(RspExchange exchange) {
        for (Inserted breakpoint : List.copyOf(inserted)) {
            try {
                remove(exchange, breakpoint);
            } catch (TargetException e) {
                if (!e.isLinkSound()) {
                    throw e;
                }
            }
        }
        return inserted.isEmpty();
    }

    /// Puts all of them into a target to which the link was opened again.
    void insertAgain(RspExchange exchange) {
        for (Inserted breakpoint : inserted) {
            if (!Packets.isOk(exchange.request(packet('Z', breakpoint)))) {
                throw new TargetException(
                        Trouble.REFUSED,
                        "the %s at 0x%x cannot be inserted again"
                                .formatted(breakpoint.kind().title(), breakpoint.address()));
            }
        }
    }

    boolean isEmpty() {
        return inserted.isEmpty();
    }

    /// Code in flash or ROM needs hardware; elsewhere software first, as it has no limit.
    static List<BreakpointKind> forCode(List<MemoryRegion> map, long address) {
        for (MemoryRegion region : map) {
            if (region.contains(address) && region.kind() != MemoryRegion.Kind.RAM) {
                return List.of(BreakpointKind.HARDWARE, BreakpointKind.SOFTWARE);
            }
        }
        return List.of(BreakpointKind.SOFTWARE, BreakpointKind.HARDWARE);
    }

    private static String packet(char command, Inserted breakpoint) {
        return "%c%d,%x,%x"
                .formatted(
                        command, breakpoint.kind().code(), breakpoint.address(), breakpoint.size());
    }
}
