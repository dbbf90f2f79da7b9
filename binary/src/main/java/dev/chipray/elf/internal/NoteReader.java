package dev.chipray.elf.internal;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfNote;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSegment;
import java.util.ArrayList;
import java.util.List;

/// Reads the notes of an ELF file; a list that breaks ends at its last whole note.
public final class NoteReader {
    private NoteReader() {}

    /// All notes of the sections, or of the segments where no section holds notes.
    public static List<ElfNote> read(ElfFile file) {
        List<ElfNote> notes = new ArrayList<>();
        for (ElfSection section : file.sections()) {
            if (section.type() == ElfSection.NOTE) {
                add(notes, file, section.offset(), section.size(), section.alignment());
            }
        }
        if (notes.isEmpty()) {
            for (ElfSegment segment : file.segments()) {
                if (segment.type() == ElfSegment.NOTE) {
                    add(notes, file, segment.offset(), segment.fileSize(), segment.alignment());
                }
            }
        }
        return notes;
    }

    private static void add(
            List<ElfNote> notes, ElfFile file, long offset, long size, long alignment) {
        ByteView bytes = file.bytes();
        if (!bytes.has(offset, 0)) {
            return;
        }
        // A cut core file still shows the notes that are there.
        ByteCursor in =
                bytes.slice(
                                offset,
                                Math.min(size < 0 ? Long.MAX_VALUE : size, bytes.size() - offset))
                        .cursor();
        int step = alignment == 8 ? 8 : 4;
        while (in.remaining() >= 12) {
            long nameSize = in.u32();
            long descriptionSize = in.u32();
            int type = in.s32();
            if (nameSize > in.remaining()) {
                return;
            }
            ByteView name = in.slice(nameSize);
            pad(in, step);
            if (descriptionSize > in.remaining()) {
                return;
            }
            ByteView description = in.slice(descriptionSize);
            pad(in, step);
            notes.add(new ElfNote(text(name), type, description));
        }
    }

    private static String text(ByteView name) {
        boolean terminated = name.size() > 0 && name.u8(name.size() - 1) == 0;
        return name.utf8(0, terminated ? name.size() - 1 : name.size());
    }

    private static void pad(ByteCursor in, int step) {
        long past = in.position() % step;
        in.skip(past == 0 ? 0 : Math.min(step - past, in.remaining()));
    }
}
