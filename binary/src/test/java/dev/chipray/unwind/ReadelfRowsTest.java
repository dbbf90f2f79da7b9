package dev.chipray.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Command;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.Missing;
import dev.chipray.unwind.internal.cfi.CfiRow;
import dev.chipray.unwind.internal.cfi.CfiTable;
import dev.chipray.unwind.internal.cfi.FrameSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Compares every row of every description with what readelf says.
class ReadelfRowsTest {
    private static final Pattern DESCRIPTION =
            Pattern.compile("^([0-9a-f]{8}) .* FDE .*pc=([0-9a-f]+)\\.\\.([0-9a-f]+)$");
    private static final Pattern ROW = Pattern.compile("^[0-9a-f]{8,16} .*");
    private static final List<String> X86 =
            List.of(
                    "rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10",
                    "r11", "r12", "r13", "r14", "r15", "rip");
    private static final List<String> RISCV =
            List.of(
                    "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2",
                    "a3", "a4", "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9",
                    "s10", "s11", "t3", "t4", "t5", "t6");

    @Test
    void every_row_is_what_readelf_prints() throws IOException {
        Missing.requireProgram("readelf", "binutils");
        int rows = 0;
        List<String> chosen =
                List.of(
                        "arm-m4f-",
                        "arm-O",
                        "arm-clang-O2",
                        "riscv",
                        "xtensa-",
                        "host-O2",
                        "host-clang",
                        "lua5");
        for (Path file : Firmware.all(name -> chosen.stream().anyMatch(name::startsWith))) {
            if (file.toString().contains("big-endian") || file.toString().contains("static")) {
                continue;
            }
            rows += compare(file);
        }
        assertThat(rows).isGreaterThan(10_000);
    }

    @Test
    void every_row_of_a_big_endian_file_and_of_a_c_library_is_what_readelf_prints()
            throws IOException {
        Missing.requireProgram("readelf", "binutils");
        assertThat(compare(Firmware.find("arm-O2-big-endian.elf"))).isPositive();
        assertThat(compare(Firmware.find("host-O2-static.elf"))).isGreaterThan(5_000);
    }

    private static int compare(Path file) throws IOException {
        ElfFile elf = ElfFile.open(file);
        Architecture architecture = Architecture.of(elf);
        Map<String, Map<Long, List<String>>> theirs = theirs(file, architecture);
        int rows = 0;
        for (FrameSection section : new CfiTable(elf).sections()) {
            for (FrameSection.Description description : section.descriptions()) {
                List<String> ours =
                        CfiTable.rows(section, description).stream()
                                .map(row -> describe(row, architecture))
                                .toList();
                List<String> expected =
                        Objects.requireNonNull(
                                theirs.getOrDefault(section.name(), Map.of())
                                        .get(description.offset()),
                                () -> file + " " + description);
                // It prints a row at the end as well, which holds for nothing.
                String end = "%x ".formatted(description.end() & architecture.mask());
                expected.removeIf(row -> row.startsWith(end));
                if (!expected.isEmpty()) {
                    assertThat(ours).as("%s %s", file, description).isEqualTo(expected);
                    rows += ours.size();
                }
            }
        }
        return rows;
    }

    private static String describe(CfiRow row, Architecture architecture) {
        Map<Integer, String> rules = new TreeMap<>();
        for (int i = 0; i < row.size(); i++) {
            String rule =
                    switch (row.kind(i)) {
                        case UNDEFINED -> "u";
                        case SAME -> "s";
                        case OFFSET -> "c%+d".formatted(row.operand(i));
                        case VALUE_OFFSET -> "v%+d".formatted(row.operand(i));
                        case REGISTER -> "r" + row.operand(i);
                        case EXPRESSION -> "exp";
                        case VALUE_EXPRESSION -> "vexp";
                    };
            if (!rule.equals("u")) {
                rules.put(row.register(i), rule);
            }
        }
        String frame =
                row.cfaRegister() < 0
                        ? "exp"
                        : "%d%+d".formatted(row.cfaRegister(), row.cfaOffset());
        return "%x %s %s".formatted(row.start() & architecture.mask(), frame, rules);
    }

    private static Map<String, Map<Long, List<String>>> theirs(
            Path file, Architecture architecture) {
        String text =
                Command.run(List.of("readelf", "--debug-dump=frames-interp", file.toString()), 60)
                        .output();
        Map<String, Map<Long, List<String>>> sections = new LinkedHashMap<>();
        Map<Long, List<String>> section = new LinkedHashMap<>();
        List<String> rows = new ArrayList<>();
        int returnRegister = -1;
        List<String> columns = List.of();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher description = DESCRIPTION.matcher(line);
            // A register that holds another one's value is named twice.
            String cells = line.replaceAll(" \\([a-z0-9]+\\)", "");
            if (line.startsWith("Contents of the")) {
                section = new LinkedHashMap<>();
                String name = line.split(" ", -1)[3];
                sections.put(name.startsWith(".z") ? "." + name.substring(2) : name, section);
            } else if (line.contains(" CIE ")) {
                returnRegister = Integer.parseInt(line.substring(line.indexOf("ra=") + 3).trim());
                rows = new ArrayList<>();
            } else if (description.matches()) {
                rows = new ArrayList<>();
                section.put(Long.parseLong(description.group(1), 16), rows);
            } else if (line.contains("LOC ")) {
                columns = Stream.of(line.trim().split("\\s+", -1)).skip(2).toList();
            } else if (ROW.matcher(line).matches() && !line.contains("ZERO terminator")) {
                rows.add(
                        row(cells.trim().split("\\s+", -1), columns, returnRegister, architecture));
            }
        }
        return sections;
    }

    private static String row(
            String[] cells, List<String> columns, int returnRegister, Architecture architecture) {
        Map<Integer, String> rules = new TreeMap<>();
        // It calls the return address column "ra", which on RISC-V is also what register 1 is
        // called; that is the one here.
        for (int i = 0; i < columns.size(); i++) {
            String rule = cells[i + 2];
            if (!rule.equals("u")) {
                int register =
                        columns.get(i).equals("ra")
                                        && architecture.kind() != Architecture.Kind.RISCV
                                ? returnRegister
                                : register(columns.get(i), architecture);
                rules.put(register, rule);
            }
        }
        String frame = cells[1];
        int sign = Math.max(frame.indexOf('+'), frame.indexOf('-'));
        String base =
                sign < 0
                        ? frame
                        : register(frame.substring(0, sign), architecture) + frame.substring(sign);
        return "%x %s %s".formatted(Long.parseUnsignedLong(cells[0], 16), base, rules);
    }

    private static int register(String name, Architecture architecture) {
        int known =
                switch (architecture.kind()) {
                    case X86_64 -> X86.indexOf(name);
                    case RISCV -> RISCV.indexOf(name);
                    case ARM, XTENSA -> -1;
                };
        return known >= 0 ? known : Integer.parseInt(name.replaceAll("\\D", ""));
    }
}
