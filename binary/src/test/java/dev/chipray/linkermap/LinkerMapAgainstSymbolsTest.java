package dev.chipray.linkermap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.testkit.Command;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Compares real maps with what nm says of the files that were linked with them.
class LinkerMapAgainstSymbolsTest {

    @Test
    void knowsEveryGlobalSymbolWhereNmSeesIt() throws IOException {
        Missing.requireProgram("llvm-nm", "llvm");
        int compared = 0;
        for (Path elf :
                Firmware.all(name ->
                        name.matches(
                                "(arm|riscv|host)-(O0-dwarf4|Os-gc-sections|O2-lto).elf|(micro|lua5.3-c).*"))) {
            compared += compare(elf);
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    private static int compare(Path elf) throws IOException {
        String file = elf.toString();
        Path mapFile = Path.of(file.substring(0, file.length() - 4) + ".map");
        if (!Files.exists(mapFile)) {
            return 0;
        }
        LinkerMap map = LinkerMap.read(mapFile);
        // Maps show C++ names as the source writes them; nm does the same with -C.
        String output = Command.run(List.of("llvm-nm", "-C", file), 30).requireSuccess().output();
        Map<String, Set<Long>> theirs = new HashMap<>();
        Set<String> global = new HashSet<>();
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && !words[0].isEmpty()) {
                theirs.computeIfAbsent(words[2], name -> new HashSet<>())
                        .add(Long.parseUnsignedLong(words[0], 16));
                if ("TDBR".contains(words[1])) {
                    global.add(words[2]);
                }
            }
        }
        List<String> differences = new ArrayList<>();
        Set<String> assigned = new HashSet<>();
        for (MapSymbol symbol : map.symbols()) {
            Set<Long> addresses = theirs.get(symbol.name());
            if (symbol.kind() == MapSymbol.Kind.ASSIGNED) {
                assigned.add(symbol.name());
            } else if (addresses != null && !addresses.contains(symbol.address())) {
                differences.add("%s: %s, nm: %s".formatted(elf.getFileName(), symbol, addresses));
            }
        }
        assertThat(differences).isEmpty();
        global.removeIf(name -> !map.symbols(name).isEmpty() || assigned.contains(name));
        // The linker makes a few names itself and does not list them.
        assertThat(global)
                .as(elf.toString())
                .allMatch(name -> name.startsWith("_") || name.contains("@"));
        return theirs.size();
    }
}
