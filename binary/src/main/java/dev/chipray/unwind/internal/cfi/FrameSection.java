package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.ByteCursor;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The index of one frame section: which description holds for an address. Immutable once built, for any thread.
///
/// A broken entry becomes a diagnostic and is skipped by its length; memory is in proportion to the section, because an
/// entry takes at least as many bytes there as its columns here.
public final class FrameSection {
    private static final long LARGE = 0xffff_ffffL;
    private static final long RESERVED = 0xffff_fff0L;

    private final ByteView bytes;
    private final boolean exceptions;
    private final long address;
    private final int wordSize;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<Long, CommonInformation> commons = new HashMap<>();
    private final List<Description> descriptions = new ArrayList<>();
    private final long[] starts;
    private final long[] highestEnds;

    /// A description of a range of code.
    ///
    /// @param offset where it is in its section
    /// @param common what it shares
    /// @param start the first address
    /// @param end the address after the last
    /// @param instructions offset of its instructions
    /// @param instructionsEnd offset of their end
    public record Description(
            long offset,
            CommonInformation common,
            long start,
            long end,
            long instructions,
            long instructionsEnd) {

        /// The DWARF number of the return address column.
        public int returnRegister() {
            return common.returnRegister();
        }

        /// Whether its function is entered by an interruption.
        public boolean isSignal() {
            return common.signal();
        }
    }

    /// Reads all headers of a section; `exceptions` says that it is an `.eh_frame`, `address` where it is linked.
    /// Descriptions of functions that the linker threw away stay in `.debug_frame` with a start of 0 or so, and would hide the ones
    /// that are really there, so `isAlive` says for a start below the first page whether there is code.
    public FrameSection(ByteView bytes, boolean exceptions, long address, LongPredicate isAlive) {
        this.bytes = bytes;
        this.exceptions = exceptions;
        this.address = address;
        this.wordSize = bytes.wordSize();
        index(isAlive);
        descriptions.sort((left, right) -> {
            int order = Long.compareUnsigned(left.start, right.start);
            return order != 0 ? order : Long.compareUnsigned(right.end, left.end);
        });
        starts = new long[descriptions.size()];
        highestEnds = new long[descriptions.size()];
        long highest = 0;
        for (int i = 0; i < starts.length; i++) {
            Description description = descriptions.get(i);
            starts[i] = description.start;
            if (Long.compareUnsigned(description.end, highest) > 0) {
                highest = description.end;
            }
            highestEnds[i] = highest;
        }
    }

    /// The bytes that offsets count in.
    ByteView bytes() {
        return bytes;
    }

    /// Where the section is linked.
    long address() {
        return address;
    }

    /// The section's name.
    public String name() {
        return exceptions ? ".eh_frame" : ".debug_frame";
    }

    /// Trouble in single entries.
    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /// All descriptions by address.
    public List<Description> descriptions() {
        return List.copyOf(descriptions);
    }

    /// The innermost description that holds for an address.
    public @Nullable Description find(long target) {
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(starts[middle], target) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        // Ranges may overlap in broken files; the one that starts last and still holds is taken.
        for (int i = high; i >= 0 && Long.compareUnsigned(highestEnds[i], target) > 0; i--) {
            if (Long.compareUnsigned(descriptions.get(i).end, target) > 0) {
                return descriptions.get(i);
            }
        }
        return null;
    }

    private void index(LongPredicate isAlive) {
        ByteCursor cursor = bytes.cursor();
        while (cursor.remaining() >= 4) {
            long start = cursor.position();
            long length = cursor.u32();
            boolean large = length == LARGE;
            if (large && cursor.remaining() >= 8) {
                length = cursor.u64();
            }
            if (length == 0) {
                continue;
            }
            if (length < 0
                    || length > cursor.remaining()
                    || (!large && Long.compareUnsigned(length, RESERVED) >= 0)) {
                diagnostics.add(
                        Diagnostic.of(cursor.malformed(start, "length of a frame entry", length)));
                return;
            }
            long next = cursor.position() + length;
            try {
                Description description = entry(cursor, start, next, large);
                if (description != null
                        && description.end != description.start
                        && (description.start >= 0x1000 || isAlive.test(description.start))) {
                    descriptions.add(description);
                }
            } catch (MalformedException e) {
                note(e);
            }
            cursor.position(next);
        }
    }

    private void note(MalformedException e) {
        if (diagnostics.size() < 100) {
            diagnostics.add(Diagnostic.of(e));
        }
    }

    private @Nullable Description entry(ByteCursor cursor, long start, long next, boolean large) {
        long idOffset = cursor.position();
        // An .eh_frame keeps a 32-bit reference even where the length is large.
        long id = exceptions || !large ? cursor.u32() : cursor.u64();
        long isCommon = exceptions ? 0 : large ? -1L : LARGE;
        if (id == isCommon) {
            return null;
        }
        CommonInformation common = common(exceptions ? idOffset - id : id);
        long from =
                PointerEncoding.read(
                        cursor, common.pointerEncoding(), common.addressSize(), address);
        long length =
                PointerEncoding.plain(
                        cursor, common.pointerEncoding() & 0x0f, common.addressSize());
        if (common.augmented()) {
            cursor.skip(cursor.uleb128());
        }
        if (cursor.position() > next) {
            throw cursor.malformed(start, "frame description is longer than its length", next);
        }
        long end = from + length;
        if (Long.compareUnsigned(end, from) < 0) {
            throw cursor.malformed(start, "range of a frame description", length);
        }
        return new Description(start, common, from, end, cursor.position(), next);
    }

    private CommonInformation common(long offset) {
        CommonInformation known = commons.get(offset);
        if (known == null) {
            known = readCommon(offset);
            commons.put(offset, known);
        }
        return known;
    }

    private CommonInformation readCommon(long offset) {
        ByteCursor cursor = bytes.cursor(offset);
        long length = cursor.u32();
        boolean large = length == LARGE;
        if (large) {
            length = cursor.u64();
        }
        if (length < 0 || length > cursor.remaining()) {
            throw cursor.malformed(offset, "length of common frame information", length);
        }
        long end = cursor.position() + length;
        long id = exceptions || !large ? cursor.u32() : cursor.u64();
        if (id != (exceptions ? 0 : large ? -1L : LARGE)) {
            throw cursor.malformed(offset, "frame description refers to no common one", id);
        }
        int version = cursor.u8();
        String augmentation = cursor.cString();
        int addressSize = wordSize;
        if (version >= 4) {
            addressSize = cursor.u8();
            int segmentSize = cursor.u8();
            if (segmentSize != 0 || (addressSize != 4 && addressSize != 8 && addressSize != 2)) {
                throw cursor.malformed(offset, "address size of frame information", addressSize);
            }
        }
        if (augmentation.equals("eh")) {
            // Old GCC put a pointer to exception handling data here.
            cursor.skip(wordSize);
        }
        long codeAlignment = cursor.uleb128();
        long dataAlignment = cursor.sleb128();
        long returnRegister = version == 1 ? cursor.u8() : cursor.uleb128();
        if (returnRegister < 0 || returnRegister > 0xffff) {
            throw cursor.malformed(offset, "return address column", returnRegister);
        }
        Augmentation read = Augmentation.read(cursor, augmentation, addressSize, address, offset);
        if (cursor.position() > end) {
            throw cursor.malformed(
                    offset, "common frame information is longer than its length", end);
        }
        return new CommonInformation(
                offset,
                codeAlignment,
                dataAlignment,
                (int) returnRegister,
                read.pointerEncoding(),
                addressSize,
                read.sized(),
                read.signal(),
                cursor.position(),
                end);
    }
}
