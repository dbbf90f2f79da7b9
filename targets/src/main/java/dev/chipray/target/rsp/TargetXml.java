package dev.chipray.target.rsp;

import dev.chipray.target.MemoryRegion;
import dev.chipray.target.RegisterLayout;
import dev.chipray.target.RegisterLayout.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Reads the documents with which stubs describe a target: registers (`target.xml`) and the memory map.
final class TargetXml {

    private static final int MOST_DOCUMENTS = 64;
    private static final int MOST_REGISTERS = 4096;
    private static final int MOST_REGIONS = 4096;
    private static final int WIDEST_REGISTER = 1 << 16;
    private static final String FEATURE_PREFIX = "org.gnu.gdb.";

    private record Named(String name, int bits, int number) {}

    private final UnaryOperator<String> documents;
    private final Set<String> seen = new HashSet<>();
    private final List<Named> registers = new ArrayList<>();
    private String architecture = "";
    private String feature = "";
    private int nextNumber;

    private TargetXml(UnaryOperator<String> documents) {
        this.documents = documents;
    }

    /// @param documents gives the document with a name, empty where there is none
    static RegisterLayout readRegisters(UnaryOperator<String> documents) {
        TargetXml reader = new TargetXml(documents);
        reader.read("target.xml");
        return reader.layout();
    }

    private void read(String document) {
        if (seen.size() >= MOST_DOCUMENTS || !seen.add(document)) {
            return;
        }
        MarkupReader markup = new MarkupReader(documents.apply(document));
        while (markup.next()) {
            switch (markup.name()) {
                case "xi:include", "include" -> read(markup.attribute("href"));
                case "architecture" -> architecture = markup.content().toLowerCase(Locale.ROOT);
                case "feature" -> {
                    if (feature.isEmpty()) {
                        feature = markup.attribute("name");
                    }
                }
                case "reg" -> register(markup);
                default -> {}
            }
        }
    }

    private void register(MarkupReader markup) {
        long number = markup.number("regnum", nextNumber);
        long bits = markup.number("bitsize", 0);
        if (number < 0
                || number >= Integer.MAX_VALUE
                || bits <= 0
                || bits > WIDEST_REGISTER
                || registers.size() >= MOST_REGISTERS) {
            return;
        }
        nextNumber = (int) number + 1;
        registers.add(new Named(markup.attribute("name"), (int) bits, (int) number));
    }

    private RegisterLayout layout() {
        String known = architecture.isEmpty() ? architectureOf(feature) : architecture;
        registers.sort(Comparator.comparingInt(Named::number));
        List<Register> placed = new ArrayList<>();
        int offset = 0;
        for (Named register : registers) {
            Register next =
                    new Register(
                            register.name(),
                            register.bits(),
                            register.number(),
                            offset,
                            DwarfRegisterNumbers.of(known, register.name()));
            placed.add(next);
            offset += next.size();
        }
        return new RegisterLayout(known, placed);
    }

    /// `org.gnu.gdb.arm.m-profile` is a feature of `arm`.
    private static String architectureOf(String feature) {
        if (!feature.startsWith(FEATURE_PREFIX)) {
            return "";
        }
        String rest = feature.substring(FEATURE_PREFIX.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    /// What a stub that has no `target.xml` sends, by the customs of GDB before there were descriptions.
    ///
    /// @return without registers where there is no custom for that architecture
    static RegisterLayout customary(String architecture) {
        List<Register> registers = new ArrayList<>();
        String family = DwarfRegisterNumbers.family(architecture);
        if (family.equals("arm")) {
            for (int i = 0; i < 16; i++) {
                String name =
                        switch (i) {
                            case 13 -> "sp";
                            case 14 -> "lr";
                            case 15 -> "pc";
                            default -> "r" + i;
                        };
                registers.add(new Register(name, 32, i, 4 * i, i));
            }
            // Eight floating-point registers of 96 bits and their status stand between, and are
            // never filled.
            registers.add(new Register("cpsr", 32, 25, 16 * 4 + 8 * 12 + 4, -1));
        } else if (family.equals("riscv")) {
            int bits = architecture.contains("64") ? 64 : 32;
            for (int i = 0; i < 32; i++) {
                registers.add(new Register(i == 2 ? "sp" : "x" + i, bits, i, i * bits / 8, i));
            }
            registers.add(new Register("pc", bits, 32, 32 * bits / 8, -1));
        }
        return new RegisterLayout(architecture, registers);
    }

    static List<MemoryRegion> readMemoryMap(String document) {
        List<MemoryRegion> regions = new ArrayList<>();
        MarkupReader markup = new MarkupReader(document);
        while (markup.next() && regions.size() < MOST_REGIONS) {
            if (markup.name().equals("memory")) {
                MemoryRegion.Kind kind =
                        switch (markup.attribute("type")) {
                            case "flash" -> MemoryRegion.Kind.FLASH;
                            case "rom" -> MemoryRegion.Kind.ROM;
                            default -> MemoryRegion.Kind.RAM;
                        };
                regions.add(
                        new MemoryRegion(
                                kind, markup.number("start", 0), markup.number("length", 0)));
            }
        }
        return regions;
    }
}
