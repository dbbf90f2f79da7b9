package dev.chipray.session.heap;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.MemoryReader;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.elf.ElfFile;
import dev.chipray.hex.HexFiles;
import dev.chipray.hex.MemoryImage;
import dev.chipray.interpreters.Layouts;
import dev.chipray.interpreters.micropython.HeapEvidence;
import dev.chipray.interpreters.micropython.MicroPython;
import dev.chipray.interpreters.micropython.ProcessorState;
import dev.chipray.session.InputFailedException;
import dev.chipray.target.image.CoreFiles;
import dev.chipray.target.image.ImageThread;
import dev.chipray.target.image.LayeredMemory;
import dev.chipray.target.image.TargetImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Finds out what a dump is, where it starts, and which firmware fits; for one thread, once.
final class DumpOpener {
    private static final int ELF_MAGIC = 0x464c_457f;

    private final HeapRequest request;
    private final String name;
    private final List<String> refusals = new ArrayList<>();

    DumpOpener(HeapRequest request) {
        this.request = request;
        this.name = request.dump().toString();
    }

    /// A dump with the firmware that explains it.
    private record Match(Firmware firmware, Layouts layouts, TargetImage image, String place) {
        HeapEvidence evidence() {
            return MicroPython.evidence(memory(), layouts);
        }

        MemoryReader memory() {
            return new LayeredMemory(image.memory(), firmware.rom(image.entry()));
        }
    }

    HeapSession open() throws IOException {
        List<Firmware> candidates = firmware();
        ByteView bytes = ByteView.open(request.dump());
        if (bytes.size() == 0) {
            throw new InputFailedException(name, "is empty", null);
        }
        @Nullable TargetImage placed = placed(bytes);
        for (Firmware one : candidates) {
            HeapSession session = placed == null ? raw(bytes, one) : whole(placed, one);
            if (session != null) {
                return session;
            }
        }
        throw new InputFailedException(name, String.join("; ", refusals), null);
    }

    private List<Firmware> firmware() throws IOException {
        List<Firmware> all = new ArrayList<>();
        for (Path file : request.firmware()) {
            try {
                all.add(Firmware.ofElf(file));
            } catch (MalformedException | UnsupportedException e) {
                throw new InputFailedException(file.toString(), String.valueOf(e.getMessage()), e);
            }
        }
        if (all.isEmpty()) {
            throw new InputFailedException(
                    name, "needs the firmware that ran: give its ELF file with --elf", null);
        }
        return all;
    }

    /// The image when the file says itself where its bytes are, else null.
    private static @Nullable TargetImage placed(ByteView bytes) {
        if (bytes.has(0, 4) && bytes.u32(0) == ELF_MAGIC) {
            ElfFile file = ElfFile.of(bytes);
            if (!CoreFiles.isCore(file)) {
                throw new UnsupportedException(
                        "an ELF file that is no core file",
                        "give a dump of RAM or a core file here, and the firmware with --elf");
            }
            return CoreFiles.read(file);
        }
        return HexFiles.detect(bytes).isPresent() ? TargetImage.of(HexFiles.read(bytes)) : null;
    }

    private @Nullable HeapSession whole(TargetImage image, Firmware firmware) throws IOException {
        Layouts layouts = firmware.layouts(image.entry());
        Match match = new Match(firmware, layouts, image, "");
        HeapEvidence evidence = match.evidence();
        if (!evidence.hasHeap()) {
            refuse(firmware, evidence);
            return null;
        }
        return session(List.of(match), 1);
    }

    private void refuse(Firmware firmware, HeapEvidence evidence) {
        String why =
                evidence.problems().isEmpty()
                        ? "no heap"
                        : String.valueOf(evidence.problems().getFirst());
        refusals.add(
                "holds no heap as %s has it (%s); is it of another build, or cut?"
                        .formatted(firmware.name(), why));
    }

    private @Nullable HeapSession raw(ByteView bytes, Firmware firmware) throws IOException {
        Layouts layouts = firmware.layouts(OptionalLong.empty());
        Match found = null;
        HeapEvidence evidence = new HeapEvidence(0, 0, List.of());
        if (request.base().isPresent()) {
            long base = request.base().getAsLong();
            found = match(bytes, base, "as given", firmware, layouts);
            evidence = found.evidence();
        } else {
            for (long base : MicroPython.possibleBases(bytes, layouts)) {
                Match match = match(bytes, base, "found by mp_state_ctx", firmware, layouts);
                HeapEvidence one = match.evidence();
                boolean better = found == null || (one.holds() && !evidence.holds());
                if (one.hasHeap() && better) {
                    found = match;
                    evidence = one;
                }
                if (evidence.holds()) {
                    break;
                }
            }
        }
        if (found == null || !evidence.hasHeap()) {
            refuseRaw(firmware, layouts, evidence);
            return null;
        }
        return snapshots(bytes, found, firmware, layouts);
    }

    private void refuseRaw(Firmware firmware, Layouts layouts, HeapEvidence evidence) {
        OptionalLong context = layouts.symbol("mp_state_ctx");
        if (context.isEmpty()) {
            refusals.add(firmware.name() + " has no mp_state_ctx: it is no MicroPython");
        } else if (request.base().isPresent()) {
            refuse(firmware, evidence);
        } else {
            refusals.add(
                    ("no start address makes sense of mp_state_ctx (at 0x%x in %s): the dump is of another build, or it"
                                    + " does not hold the interpreter's state; give its start with --base ADDR where you know it")
                            .formatted(context.getAsLong(), firmware.name()));
        }
    }

    private static Match match(
            ByteView bytes, long base, String how, Firmware firmware, Layouts layouts) {
        return new Match(
                firmware,
                layouts,
                TargetImage.of(MemoryImage.raw(bytes, base)),
                "starts at 0x%x, %s".formatted(base, how));
    }

    private HeapSession snapshots(ByteView bytes, Match first, Firmware firmware, Layouts layouts)
            throws IOException {
        long base = first.image().memory().blocks().getFirst().address();
        int count = MicroPython.dumpsIn(bytes, base, layouts);
        List<Match> all = new ArrayList<>();
        long length = bytes.size() / count;
        for (int i = 0; i < count; i++) {
            ByteView part = count == 1 ? bytes : bytes.slice(i * length, length);
            TargetImage image = TargetImage.of(MemoryImage.raw(part, base));
            all.add(new Match(firmware, layouts, image, first.place()));
        }
        return session(all, count);
    }

    private HeapSession session(List<Match> all, int inFile) throws IOException {
        List<HeapSnapshot> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            HeapRequest.Choice choice = request.snapshots();
            boolean wanted =
                    choice.all()
                            || (choice.number().isPresent()
                                    ? choice.number().getAsInt() == i + 1
                                    : i + 1 == all.size());
            if (wanted) {
                chosen.add(snapshot(all.get(i), i + 1));
            }
        }
        if (chosen.isEmpty()) {
            throw new InputFailedException(
                    name,
                    "has %d snapshots, and no number %d"
                            .formatted(inFile, request.snapshots().number().orElse(0)),
                    null);
        }
        return new HeapSession(name, chosen, inFile);
    }

    private HeapSnapshot snapshot(Match match, int number) {
        List<Diagnostic> diagnostics = new ArrayList<>(match.firmware().diagnostics());
        diagnostics.addAll(match.image().diagnostics());
        MicroPython python = MicroPython.open(match.memory(), match.layouts());
        return new HeapSnapshot(
                name,
                number,
                match.firmware().name(),
                match.place(),
                python,
                processor(match, python),
                match.memory(),
                diagnostics);
    }

    private ProcessorState processor(Match match, MicroPython python) {
        if (request.stackPointer().isPresent()) {
            return new ProcessorState(request.stackPointer().getAsLong(), Map.of(), false);
        }
        long top = python.stackTop();
        for (ImageThread thread : match.image().threads()) {
            long distance = top - thread.stackPointer();
            if (distance > 0 && distance < 1L << 30) {
                return new ProcessorState(thread.stackPointer(), thread.registers(), false);
            }
        }
        long limit = python.stackLimit();
        return limit == 0 ? ProcessorState.UNKNOWN : new ProcessorState(limit, Map.of(), true);
    }
}
