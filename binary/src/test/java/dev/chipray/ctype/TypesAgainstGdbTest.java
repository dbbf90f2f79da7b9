package dev.chipray.ctype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.elf.ElfFile;
import dev.chipray.testkit.Firmware;
import dev.chipray.testkit.Gdb;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the members of every structure, union and class with gdb's: name, bit offset, width and size.
class TypesAgainstGdbTest {
    @TempDir Path folder;

    @Test
    void agreesWithGdbOnEveryMemberOfThePrograms() throws IOException {
        int compared = 0;
        // One program per producer, version and target is enough: optimisation changes no layout.
        for (Path elf :
                Firmware.all(name ->
                        name.matches(
                                "(arm|riscv|host)-O0-dwarf[2-5].elf|xtensa-O0.*|riscv64-O0.*|.*-clang-O2.*"
                                        + "|.*classes.elf|.*-type-units.*|arm-O2-(lto|zlib|big-endian).elf"))) {
            compared += compare(elf);
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void agreesWithGdbOnEveryMemberOfMicroPython() throws IOException {
        assertThat(compare(Firmware.find("microbit-micropython.elf"))).isGreaterThan(600);
    }

    @Test
    void agreesWithGdbOnEveryMemberOfLua() throws IOException {
        assertThat(compare(Firmware.find("lua5.1-x86-64.elf"))).isGreaterThan(40);
        assertThat(compare(Firmware.find("lua5.3-x86-64.elf"))).isGreaterThan(40);
        assertThat(compare(Firmware.find("lua5.3-cortex-m3.elf"))).isGreaterThan(40);
    }

    private int compare(Path elf) throws IOException {
        DwarfTypes types = DwarfTypes.of(ElfFile.open(elf));
        List<String> names = new ArrayList<>();
        Set<String> ours = new HashSet<>();
        for (String name : new TreeSet<>(types.typeNames())) {
            for (CType type : types.types(name)) {
                if (type.stripped() instanceof CType.Composite composite
                        && !composite.isIncomplete()) {
                    ours.add(name + "|" + describe(composite));
                    names.add(name);
                }
            }
        }
        Path list = folder.resolve("names");
        Files.write(list, new TreeSet<>(names));
        String output = Gdb.python(elf, List.of(), script(), List.of(list.toString()), 60);
        List<String> theirs = output.lines().filter(line -> line.indexOf('|') > 0).toList();
        assertThat(theirs).as(elf.toString()).isSubsetOf(ours);
        return theirs.size();
    }

    private static String describe(CType.Composite composite) {
        StringBuilder text = new StringBuilder().append(composite.bytes().orElse(-1)).append('|');
        for (Member member : composite.members()) {
            // gdb has no word for the size of a flexible array.
            boolean flexible =
                    member.type().get().stripped() instanceof CType.Array array
                            && array.count().isEmpty();
            long size = flexible ? 0 : member.type().get().size().orElse(0);
            text.append(
                    "%s,%d,%d,%d;"
                            .formatted(member.name(), member.bitOffset(), member.bitSize(), size));
        }
        return text.toString();
    }

    private static Path script() {
        try {
            return Path.of(
                    Objects.requireNonNull(TypesAgainstGdbTest.class.getResource("types.py"))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
