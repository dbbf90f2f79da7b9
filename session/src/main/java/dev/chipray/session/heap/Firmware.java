package dev.chipray.session.heap;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.TypeCatalog;
import dev.chipray.elf.ElfFile;
import dev.chipray.interpreters.DebugLayouts;
import dev.chipray.interpreters.Layouts;
import dev.chipray.target.image.FirmwareRom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What a dump is read with; for one thread.
interface Firmware {
    /// What to call it.
    String name();

    /// The layouts of the program where its entry point is at `entry`, or where it was linked.
    Layouts layouts(OptionalLong entry);

    /// Its constant memory, placed the same way.
    MemoryReader rom(OptionalLong entry);

    /// What was wrong with it.
    List<Diagnostic> diagnostics();

    /// An ELF file with debug information.
    static Firmware ofElf(Path file) throws IOException {
        ElfFile elf = ElfFile.open(file);
        return new OfElf(file.toString(), elf, DwarfTypes.of(elf));
    }

    /// An ELF file.
    record OfElf(String name, ElfFile elf, TypeCatalog types) implements Firmware {
        private long bias(OptionalLong entry) {
            return entry.isPresent() && elf.isPositionIndependent()
                    ? elf.loadBias(entry.getAsLong())
                    : 0;
        }

        @Override
        public Layouts layouts(OptionalLong entry) {
            return new DebugLayouts(elf, types, bias(entry));
        }

        @Override
        public MemoryReader rom(OptionalLong entry) {
            return FirmwareRom.of(elf, bias(entry));
        }

        @Override
        public List<Diagnostic> diagnostics() {
            List<Diagnostic> all = new ArrayList<>(elf.diagnostics());
            all.addAll(types.diagnostics());
            return all;
        }
    }
}
