package dev.chipray.capture.internal;

import dev.chipray.bytes.MemoryReader;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tells whether the program in a target is the one of an ELF file, by samples of its code; stateless.
public final class FirmwareMatch {

    private static final int SAMPLES = 24;
    private static final int SAMPLE_BYTES = 64;

    private FirmwareMatch() {}

    /// Why the target does not run this program; empty where nothing speaks against it.
    ///
    /// @param bias what is added to linked addresses in the target
    public static Optional<String> mismatch(MemoryReader target, ElfFile elf, long bias) {
        MemoryReader file = elf.memory();
        int compared = 0;
        int different = 0;
        long first = 0;
        for (long address : samples(elf)) {
            byte[] wanted = new byte[SAMPLE_BYTES];
            byte[] found = new byte[SAMPLE_BYTES];
            int length = file.read(address, wanted, 0, wanted.length);
            if (length <= 0) {
                continue;
            }
            compared++;
            int read = target.read(address + bias, found, 0, length);
            if (read < length || !Arrays.equals(wanted, 0, length, found, 0, length)) {
                different++;
                first = first == 0 ? address + bias : first;
            }
        }
        // Code that a loader has yet to copy into RAM differs too, so a few differences prove
        // nothing.
        return 2 * different > compared
                ? Optional.of(
                        "the target does not run this ELF: %d of %d samples of its code differ, the first at 0x%x"
                                .formatted(different, compared, first))
                : Optional.empty();
    }

    private static List<Long> samples(ElfFile elf) {
        long total = 0;
        List<ElfSection> code = new ArrayList<>();
        for (ElfSection section : elf.sections()) {
            if (section.has(ElfSection.EXECINSTR)
                    && section.type() != ElfSection.NOBITS
                    && section.size() >= SAMPLE_BYTES) {
                code.add(section);
                total += section.size();
            }
        }
        List<Long> samples = new ArrayList<>();
        for (ElfSection section : code) {
            long count = Math.max(1, SAMPLES * section.size() / total);
            for (long i = 0; i < count; i++) {
                long room = section.size() - SAMPLE_BYTES;
                samples.add(section.address() + (count == 1 ? 0 : room * i / (count - 1)));
            }
        }
        return samples.subList(0, Math.min(samples.size(), 4 * SAMPLES));
    }
}
