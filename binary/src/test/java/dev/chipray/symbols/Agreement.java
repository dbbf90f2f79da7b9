package dev.chipray.symbols;

import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import dev.chipray.dwarf.LineProgram;
import dev.chipray.dwarf.LineRows;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import dev.chipray.symbols.SymbolTools.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares our answers with those of three tools at every row of the line tables of a file.
///
/// Function chain, innermost place and outer places are judged apart; where two tools agree they are right, and where
/// no two agree nobody is.
final class Agreement {
    private final String name;
    int addresses;
    int undecided;
    int overDropped;
    private long droppedEnd;
    final int[] against = new int[3];
    final List<String> wrong = new ArrayList<>();

    Agreement(String name) {
        this.name = name;
    }

    static Agreement of(Path file) throws IOException {
        ElfFile elf = ElfFile.open(file);
        Agreement agreement = new Agreement(file.getFileName().toString());
        Set<Long> rows = agreement.rows(elf);
        Path list = Files.createTempFile("addresses", ".txt");
        try {
            Files.writeString(
                    list,
                    rows.stream()
                            .map(row -> "0x%x\n".formatted(row))
                            .collect(Collectors.joining()));
            Map<Long, Answer> binutils = SymbolTools.addr2line(file, list);
            Map<Long, Answer> llvm = SymbolTools.llvm(file, list);
            Map<Long, Answer> gdb = SymbolTools.gdb(file, list);
            Map<Long, Answer> ours = ours(elf, rows);
            Answer none = new Answer(List.of(), List.of());
            for (Long row : rows) {
                agreement.addresses++;
                agreement.judge(
                        row,
                        ours.getOrDefault(row, none),
                        List.of(
                                binutils.getOrDefault(row, none),
                                llvm.getOrDefault(row, none),
                                gdb.getOrDefault(row, none)));
            }
        } finally {
            Files.delete(list);
        }
        return agreement;
    }

    private static Map<Long, Answer> ours(ElfFile elf, Set<Long> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Symbolizer symbolizer = Symbolizer.of(elf)) {
            Addr2LineFormat format = new Addr2LineFormat(symbolizer, out);
            for (Long row : rows) {
                format.write(row);
            }
            format.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SymbolTools.parse(out.toString(StandardCharsets.UTF_8));
    }

    /// The addresses of all rows in code; remembers how far the rows of dropped code reach that lie over what is at 0.
    private Set<Long> rows(ElfFile elf) {
        TreeSet<Long> rows = new TreeSet<>(Long::compareUnsigned);
        for (DwarfUnit unit : Dwarf.of(elf).units()) {
            LineProgram program = unit.lineProgram().orElse(null);
            if (program == null) {
                continue;
            }
            LineRows table = program.rows();
            long start = -1;
            for (int i = 0; i < table.size(); i++) {
                long address = table.address(i);
                start = start == -1 ? address : start;
                if (table.isEnd(i)) {
                    droppedEnd = start == 0 ? Math.max(droppedEnd, address) : droppedEnd;
                    start = -1;
                }
                boolean code = elf.sectionAt(address).filter(ElfSection::isCode).isPresent();
                if (code && !table.isEnd(i)) {
                    rows.add(address);
                }
            }
        }
        return rows;
    }

    private void judge(long row, Answer ours, List<Answer> tools) {
        boolean[] differs = new boolean[3];
        judge(row, "functions", ours, tools, Answer::functions, differs);
        judge(
                row,
                "place",
                ours,
                tools,
                answer -> answer.places().stream().limit(1).toList(),
                differs);
        // gdb does not tell where calls were inlined.
        judge(row, "calls", ours, tools.subList(0, 2), Answer::places, differs);
        for (int i = 0; i < 3; i++) {
            against[i] += differs[i] ? 1 : 0;
        }
    }

    private void judge(
            long row,
            String what,
            Answer ours,
            List<Answer> tools,
            Function<Answer, List<String>> part,
            boolean[] differs) {
        List<String> mine = part.apply(ours);
        int with = 0;
        for (int i = 0; i < tools.size(); i++) {
            boolean same = part.apply(tools.get(i)).equals(mine);
            differs[i] |= !same;
            with += same ? 1 : 0;
        }
        if (with >= 2) {
            return;
        }
        List<List<String>> answers = tools.stream().map(part).toList();
        boolean agreed = answers.stream().distinct().count() < answers.size();
        if (agreed && Long.compareUnsigned(row, droppedEnd) < 0) {
            overDropped++;
        } else if (agreed) {
            wrong.add("%s 0x%x %s: ours %s, tools %s".formatted(name, row, what, mine, answers));
        } else {
            undecided++;
        }
    }

    @Override
    public String toString() {
        return "%-36s %7d rows, against addr2line %d, llvm %d, gdb %d; undecided %d; over dropped code %d; against two %d"
                .formatted(
                        name,
                        addresses,
                        against[0],
                        against[1],
                        against[2],
                        undecided,
                        overDropped,
                        wrong.size());
    }
}
