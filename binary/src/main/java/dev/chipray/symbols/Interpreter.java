package dev.chipray.symbols;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The interpreter that a firmware contains, recognised by its symbols and by the banner in its read-only data.
///
/// @param name `MicroPython`, `CircuitPython` or `Lua`
/// @param version what the banner says, empty when there is no banner
/// @param evidence the symbol or text that it was recognised by
public record Interpreter(String name, String version, String evidence) {
    private static final String[] MICROPYTHON = {"mp_state_ctx", "mp_execute_bytecode", "mp_init"};
    private static final String[] CIRCUITPYTHON = {
        "common_hal_mcu_disable_interrupts", "supervisor_workflow_reset", "circuitpython_banner"
    };
    private static final String[] LUA = {"luaV_execute", "lua_newstate", "luaH_new"};
    private static final int LONGEST_VERSION = 60;

    /// Recognises the interpreter of a firmware; empty when there is none that Chipray knows.
    public static Optional<Interpreter> of(ElfFile elf) {
        Set<String> names = new HashSet<>();
        ElfSymbolTable symbols = elf.symbols();
        for (int i = 1; i < symbols.size(); i++) {
            int first = symbols.firstByteOfName(i);
            if (first == 'm' || first == 'l' || first == 'c' || first == 's') {
                names.add(symbols.name(i));
            }
        }
        String python = first(names, MICROPYTHON);
        String circuit = first(names, CIRCUITPYTHON);
        if (!python.isEmpty()) {
            Optional<String> banner = banner(elf, "Adafruit CircuitPython ");
            if (!circuit.isEmpty() || banner.isPresent()) {
                return Optional.of(new Interpreter("CircuitPython", banner.orElse(""), python));
            }
            return Optional.of(
                    new Interpreter(
                            "MicroPython", banner(elf, "MicroPython v").orElse(""), python));
        }
        String lua = first(names, LUA);
        return lua.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Interpreter("Lua", banner(elf, "$LuaVersion: Lua ").orElse(""), lua));
    }

    private static String first(Set<String> names, String[] wanted) {
        for (String name : wanted) {
            if (names.contains(name)) {
                return name;
            }
        }
        return "";
    }

    /// What follows a prefix in the read-only data, up to a space after the first digit or a control character.
    private static Optional<String> banner(ElfFile elf, String prefix) {
        byte[] wanted = prefix.getBytes(StandardCharsets.US_ASCII);
        for (ElfSection section : elf.sections()) {
            if (section.isAllocated() && section.type() == ElfSection.PROGBITS) {
                ByteView bytes = contents(elf, section);
                long at = find(bytes, wanted);
                if (at >= 0) {
                    return Optional.of(version(bytes, at + wanted.length));
                }
            }
        }
        return Optional.empty();
    }

    private static ByteView contents(ElfFile elf, ElfSection section) {
        try {
            return elf.contents(section);
        } catch (MalformedException e) {
            // A diagnostic of the file already; there may be other sections.
            return ByteView.of(new byte[0], section.name());
        }
    }

    private static long find(ByteView bytes, byte[] wanted) {
        for (long at = 0; at + wanted.length <= bytes.size(); at++) {
            int i = 0;
            while (i < wanted.length && bytes.s8(at + i) == wanted[i]) {
                i++;
            }
            // A format string has the prefix too, but no version behind it.
            boolean numbered =
                    i == wanted.length && bytes.has(at + i, 1) && isDigit(bytes.u8(at + i));
            if (numbered) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static String version(ByteView bytes, long start) {
        StringBuilder text = new StringBuilder();
        for (long at = start; bytes.has(at, 1) && text.length() < LONGEST_VERSION; at++) {
            int c = bytes.u8(at);
            if (c <= ' ' || c > '~' || c == ';' || c == ',') {
                break;
            }
            text.append((char) c);
        }
        return text.toString();
    }
}
