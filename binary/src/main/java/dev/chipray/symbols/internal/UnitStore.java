package dev.chipray.symbols.internal;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.DwarfUnit;
import dev.chipray.dwarf.raw.RangeLists;
import dev.chipray.dwarf.raw.RootValues;
import dev.chipray.dwarf.raw.UnitContext;
import dev.chipray.dwarf.raw.UnitScanner;
import dev.chipray.elf.ElfFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The units of a file by address, each indexed when first needed or taken from a cache; for any thread.
public final class UnitStore {
    private final ElfFile elf;
    private final List<Diagnostic> diagnostics = new CopyOnWriteArrayList<>();
    private final @Nullable IndexCache cache;
    private final UnitDirectory directory;
    private final AtomicReferenceArray<@Nullable UnitIndex> indexes;
    private volatile @Nullable Dwarf dwarf;
    private volatile @Nullable LiveCode live;
    private volatile boolean parsed;

    /// Opens the units of a file.
    ///
    /// @param cache what an earlier process parsed, null when there is nothing
    public UnitStore(ElfFile elf, @Nullable IndexCache cache) {
        this.elf = elf;
        this.cache = cache;
        if (cache != null) {
            directory = cache.directory();
            indexes = new AtomicReferenceArray<>(cache.unitCount());
            return;
        }
        parsed = true;
        List<DwarfUnit> units = dwarf().units();
        indexes = new AtomicReferenceArray<>(units.size());
        directory = scan(units);
    }

    /// The debug information, opened when first needed: a cached index needs none.
    public Dwarf dwarf() {
        Dwarf opened = dwarf;
        if (opened == null) {
            synchronized (this) {
                opened = dwarf;
                if (opened == null) {
                    opened = Dwarf.of(elf);
                    diagnostics.addAll(opened.diagnostics());
                    dwarf = opened;
                }
            }
        }
        return opened;
    }

    private LiveCode live() {
        LiveCode known = live;
        if (known == null) {
            known = new LiveCode(elf);
            live = known;
        }
        return known;
    }

    private UnitDirectory scan(List<DwarfUnit> units) {
        RangePainter painter = new RangePainter();
        // The last one added wins where ranges are equal, so that the first unit of the file does.
        for (int i = units.size() - 1; i >= 0; i--) {
            try {
                addRanges(painter, units.get(i).context(), i);
            } catch (MalformedException e) {
                diagnostics.add(Diagnostic.of(e));
            }
        }
        long base = painter.lowest(-1L);
        painter.paint(base);
        if (painter.dropped() > 0) {
            diagnostics.add(
                    Diagnostic.warning(
                            elf.bytes().name(),
                            "code spans more than 4 GiB, the rest has no line numbers"));
        }
        int[] starts = new int[painter.starts.size()];
        int[] owners = new int[starts.length];
        painter.starts.copyTo(starts, 0);
        painter.pieces.copyTo(owners, 0);
        return new UnitDirectory(base, starts, owners, units.size());
    }

    private void addRanges(RangePainter painter, UnitContext unit, int number) {
        int kind = unit.header().kind();
        if (kind == UnitScanner.TYPE || kind == UnitScanner.SPLIT_TYPE) {
            return;
        }
        RootValues root = unit.root();
        boolean assembled = UnitIndexBuilder.isAssembled(unit);
        RangeLists.Sink sink =
                (low, high) -> {
                    if (live().contains(low, high, assembled)) {
                        painter.add(low, high, number);
                    }
                };
        if (root.rangesForm() != 0) {
            RangeLists.read(unit, root.rangesForm(), root.ranges(), sink);
        } else if (root.hasLow() && root.low() != root.high()) {
            sink.range(root.low(), root.high());
        } else if (root.lines() >= 0) {
            // A compiler that does not say where the unit's code is: the lines and functions say
            // it.
            UnitIndex index = UnitIndexBuilder.build(dwarf(), unit, live(), diagnostics);
            indexes.set(number, index);
            addRanges(painter, index, number);
        }
    }

    private static void addRanges(RangePainter painter, UnitIndex index, int number) {
        for (int row = 0; row + 1 < index.rowCount(); row++) {
            if (index.rowFile(row) != UnitIndex.GAP) {
                painter.add(index.rowAddress(row), index.rowAddress(row + 1), number);
            }
        }
        for (int piece = 0; piece + 1 < index.pieceCount(); piece++) {
            if (index.pieceScope(piece) >= 0) {
                painter.add(index.pieceAddress(piece), index.pieceAddress(piece + 1), number);
            }
        }
    }

    /// The unit of an address, or -1.
    public int unitAt(long address) {
        return directory.unitAt(address);
    }

    /// How many units there are.
    public int size() {
        return indexes.length();
    }

    /// The index of a unit.
    public UnitIndex index(int unit) {
        UnitIndex index = indexes.get(unit);
        if (index == null) {
            index = cache == null ? null : cache.load(unit);
            if (index == null) {
                index = build(unit);
                parsed = true;
            }
            indexes.set(unit, index);
        }
        return index;
    }

    private UnitIndex build(int unit) {
        List<DwarfUnit> units = dwarf().units();
        if (unit >= units.size()) {
            // Only a cache that is not what it seems can ask for this.
            return new UnitIndex(0, new int[UnitIndex.HEADER], new byte[0]);
        }
        try {
            return UnitIndexBuilder.build(dwarf(), units.get(unit).context(), live(), diagnostics);
        } catch (MalformedException e) {
            diagnostics.add(Diagnostic.of(e));
            return new UnitIndex(0, new int[UnitIndex.HEADER], new byte[0]);
        }
    }

    /// What could not be read so far.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /// Whether something was parsed that the cache did not have.
    public boolean hasNews() {
        return parsed;
    }

    UnitDirectory directory() {
        return directory;
    }

    @Nullable UnitIndex loaded(int unit) {
        return indexes.get(unit);
    }

    /// The indexes of all units, in the order of the file.
    public List<UnitIndex> all() {
        List<UnitIndex> all = new ArrayList<>();
        for (int i = 0; i < indexes.length(); i++) {
            all.add(index(i));
        }
        return all;
    }
}
