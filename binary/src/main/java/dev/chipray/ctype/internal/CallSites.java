package dev.chipray.ctype.internal;

import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwTag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads the calls that functions make, as far as the compiler described them; as safe for threads as its finder.
final class CallSites {
    /// Blocks and inlined calls nest a few dozen deep.
    private static final int DEPTH_LIMIT = 200;

    /// Functions that are looked through for a chain of calls at functions' ends.
    private static final int MOST_FUNCTIONS = 200;

    private final FunctionFinder functions;

    CallSites(FunctionFinder functions) {
        this.functions = functions;
    }

    /// A call at the end of a function, which leaves no frame behind.
    ///
    /// @param function the function that ends
    /// @param site the entry of the call
    /// @param address an address within or just behind the jump
    record TailCall(Die function, Die site, long address) {}

    /// The call in a function that returns to an address.
    static Optional<Die> returningTo(Die function, long address) {
        return all(function).stream()
                .filter(site -> returnAddress(site).equals(OptionalLong.of(address)))
                .findFirst();
    }

    /// The function that a call names; empty for a call of a pointer.
    static Optional<Die> named(Die site) {
        Optional<Die> origin = site.reference(DwAt.CALL_ORIGIN);
        return origin.isPresent() ? origin : site.reference(DwAt.ABSTRACT_ORIGIN);
    }

    /// Whether an entry, a declaration perhaps, stands for a function.
    static boolean standsFor(Die named, Die function) {
        return named.equals(function)
                || function.origin().map(named::equals).orElse(false)
                || linkageName(named).filter(name -> !name.isEmpty()).equals(linkageName(function));
    }

    /// The only call at a function's end by which `target` can have been entered when `called` was called; empty when there is none,
    /// when there are several, and when not all such calls are described.
    Optional<TailCall> tailCall(Die called, Die target) {
        Set<DieOffset> seen = new HashSet<>();
        Deque<Die> open = new ArrayDeque<>(List.of(called));
        TailCall found = null;
        while (!open.isEmpty()) {
            Die function = open.removeLast();
            if (!seen.add(function.offset())) {
                continue;
            }
            if (!describesTailCalls(function) || seen.size() > MOST_FUNCTIONS) {
                return Optional.empty();
            }
            for (Die site : all(function)) {
                if (!site.flag(DwAt.CALL_TAIL_CALL) && !site.flag(DwAt.GNU_TAIL_CALL)) {
                    continue;
                }
                Die next = named(site).flatMap(this::definition).orElse(null);
                OptionalLong address = jumpAddress(site);
                boolean leads = next != null && standsFor(next, target);
                if (next == null || (leads && (found != null || address.isEmpty()))) {
                    return Optional.empty();
                }
                if (leads) {
                    found = new TailCall(function, site, address.getAsLong());
                }
                open.add(next);
            }
        }
        return Optional.ofNullable(found);
    }

    /// The function with code that an entry stands for.
    Optional<Die> definition(Die named) {
        if (hasCode(named)) {
            return Optional.of(named);
        }
        List<Die> candidates =
                functions.named(linkageName(named).orElse("")).stream()
                        .filter(CallSites::hasCode)
                        .toList();
        Die exact = null;
        for (Die candidate : candidates) {
            boolean same = candidate.origin().map(named::equals).orElse(false);
            exact = same ? candidate : exact;
        }
        if (exact == null && candidates.size() == 1) {
            exact = candidates.getFirst();
        }
        return Optional.ofNullable(exact);
    }

    private static boolean hasCode(Die function) {
        return function.has(DwAt.LOW_PC) || function.has(DwAt.RANGES);
    }

    private static boolean describesTailCalls(Die function) {
        return function.flag(DwAt.CALL_ALL_CALLS)
                || function.flag(DwAt.CALL_ALL_TAIL_CALLS)
                || function.flag(DwAt.CALL_ALL_SOURCE_CALLS)
                || function.flag(DwAt.GNU_ALL_CALL_SITES)
                || function.flag(DwAt.GNU_ALL_TAIL_CALL_SITES);
    }

    private static OptionalLong returnAddress(Die site) {
        return address(site, DwAt.CALL_RETURN_PC, DwAt.LOW_PC);
    }

    private static OptionalLong jumpAddress(Die site) {
        return site.has(DwAt.CALL_PC) ? address(site, DwAt.CALL_PC, -1) : returnAddress(site);
    }

    private static OptionalLong address(Die site, int first, int second) {
        int attribute = site.has(first) ? first : second;
        return site.has(attribute)
                ? OptionalLong.of(site.number(attribute, 0))
                : OptionalLong.empty();
    }

    /// All calls of a function, those in its blocks and inlined functions included.
    private static List<Die> all(Die function) {
        List<Die> sites = new ArrayList<>();
        collect(function, sites, 0);
        return sites;
    }

    private static void collect(Die parent, List<Die> into, int level) {
        for (Die die : parent.children()) {
            switch (die.tag()) {
                case DwTag.CALL_SITE, DwTag.GNU_CALL_SITE -> into.add(die);
                case DwTag.LEXICAL_BLOCK, DwTag.INLINED_SUBROUTINE -> {
                    if (level < DEPTH_LIMIT) {
                        collect(die, into, level + 1);
                    }
                }
                default -> {
                    // Nothing else holds calls.
                }
            }
        }
    }

    static Optional<String> linkageName(Die die) {
        Optional<String> name = die.linkageName();
        return name.isPresent() ? name : die.name();
    }
}
