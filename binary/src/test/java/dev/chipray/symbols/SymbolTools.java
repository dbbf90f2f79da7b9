package dev.chipray.symbols;

import dev.chipray.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks addr2line, llvm-symbolizer and gdb about the same addresses, and brings their answers into one form.
final class SymbolTools {
    /// What a tool says about an address.
    ///
    /// @param functions the names of the frames, innermost first
    /// @param places `path:line` of the frames; from gdb only that of the innermost
    record Answer(List<String> functions, List<String> places) {}

    private static final Pattern ADDRESS = Pattern.compile("^0x([0-9a-f]+): (.*)$");
    private static final Pattern FRAME =
            Pattern.compile("^(?: \\(inlined by\\) )?(.*?)(?: at (.*))?$");

    private SymbolTools() {}

    static Map<Long, Answer> addr2line(Path elf, Path addresses) {
        return parse(
                run("addr2line", "-a", "-f", "-i", "-p", "-e", elf.toString(), "@" + addresses));
    }

    static Map<Long, Answer> llvm(Path elf, Path addresses) {
        return parse(
                run(
                        "llvm-symbolizer",
                        "--output-style=GNU",
                        "--no-demangle",
                        "-a",
                        "-f",
                        "-i",
                        "-p",
                        "-e",
                        elf.toString(),
                        "@" + addresses));
    }

    private static String run(String... command) {
        return Command.run(List.of(command), 100).requireSuccess().output();
    }

    static Map<Long, Answer> parse(String output) {
        Map<Long, Answer> answers = new HashMap<>();
        Answer current = null;
        for (String line : output.split("\n", -1)) {
            Matcher matcher = ADDRESS.matcher(line);
            String frame = line;
            if (matcher.matches()) {
                current = new Answer(new ArrayList<>(), new ArrayList<>());
                answers.put(Long.parseUnsignedLong(matcher.group(1), 16), current);
                frame = matcher.group(2).equals("?? ??:0") ? "?? at ??:0" : matcher.group(2);
            }
            Matcher parts = FRAME.matcher(frame);
            if (current != null && parts.matches()) {
                current.functions.add(function(parts.group(1)));
                current.places.add(place(parts.group(2) == null ? "??:?" : parts.group(2)));
            }
        }
        return answers;
    }

    /// Compilers append how they made a clone of a function; only some tools show it.
    static String function(String name) {
        return name.replaceAll("\\.(constprop|isra|part|cold|lto_priv)\\b.*", "");
    }

    static String place(String text) {
        String plain = text.replaceAll(" \\(discriminator \\d+\\)", "");
        int colon = plain.lastIndexOf(':');
        if (colon < 0) {
            return "??:?";
        }
        String line = plain.substring(colon + 1);
        String path = plain.substring(0, colon);
        return path.equals("??") || line.equals("0") || line.equals("?")
                ? "??:?"
                : Path.of(path).normalize() + ":" + line;
    }

    static Map<Long, Answer> gdb(Path elf, Path addresses) throws IOException {
        Path script = Files.createTempFile("symbols", ".py");
        try {
            Files.writeString(
                    script,
                    """
                    import gdb
                    for text in open("%s"):
                        pc = int(text, 16)
                        line = gdb.find_pc_line(pc)
                        place = "??:?"
                        if line.symtab and line.line:
                            place = "%%s:%%d" %% (line.symtab.fullname(), line.line)
                        names = []
                        block = gdb.block_for_pc(pc)
                        while block is not None and not block.is_static and not block.is_global:
                            if block.function is not None:
                                names.append(block.function.linkage_name)
                            block = block.superblock
                        print("0x%%x|%%s|%%s" %% (pc, place, "|".join(names)))
                    """
                            .formatted(addresses));
            String output =
                    run(
                            "gdb-multiarch",
                            "-nx",
                            "-batch",
                            "-q",
                            elf.toString(),
                            "-x",
                            script.toString());
            Map<Long, Answer> answers = new HashMap<>();
            for (String line : output.split("\n", -1)) {
                String[] parts = line.split("\\|", -1);
                if (parts.length >= 3 && line.startsWith("0x")) {
                    List<String> names = new ArrayList<>();
                    for (int i = 2; i < parts.length; i++) {
                        names.add(parts[i].isEmpty() ? "??" : function(parts[i]));
                    }
                    answers.put(
                            Long.parseUnsignedLong(parts[0].substring(2), 16),
                            new Answer(names, List.of(place(parts[1]))));
                }
            }
            return answers;
        } finally {
            Files.delete(script);
        }
    }
}
