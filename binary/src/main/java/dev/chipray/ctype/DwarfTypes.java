package dev.chipray.ctype;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.ctype.internal.DieValues;
import dev.chipray.ctype.internal.ElfAddresses;
import dev.chipray.ctype.internal.Fingerprint;
import dev.chipray.ctype.internal.TypeFactory;
import dev.chipray.ctype.internal.TypeIndex;
import dev.chipray.ctype.internal.TypeIndex.Kind;
import dev.chipray.dwarf.Die;
import dev.chipray.dwarf.DieOffset;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.dwarf.location.Expression;
import dev.chipray.elf.ElfFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The types and global variables of a file with debug information; any thread may use it.
///
/// Reads units one after the other only as far as a lookup needs, and each type when it is first used.
public final class DwarfTypes implements TypeCatalog {
    private static final List<Kind> ANY_TYPE =
            List.of(Kind.ORDINARY, Kind.STRUCT, Kind.UNION, Kind.ENUM);
    private static final Map<String, List<Kind>> KEYWORDS =
            Map.of(
                    "struct", List.of(Kind.STRUCT),
                    "class", List.of(Kind.STRUCT),
                    "union", List.of(Kind.UNION),
                    "enum", List.of(Kind.ENUM));

    private final Dwarf dwarf;
    private final TargetLayout target;
    private final TypeIndex index;
    private final TypeFactory factory;
    private final Function<String, OptionalLong> addresses;
    private final Map<String, OptionalLong> enumerators = new ConcurrentHashMap<>();
    private final Map<String, Optional<CVariable>> variables = new ConcurrentHashMap<>();

    private DwarfTypes(Dwarf dwarf, TargetLayout target, Function<String, OptionalLong> addresses) {
        this.dwarf = dwarf;
        this.target = target;
        this.index = new TypeIndex(dwarf);
        this.factory = new TypeFactory(dwarf, index, target.order());
        this.addresses = addresses;
    }

    /// The types of debug information that need not be in an ELF file; `addresses` knows the linker's symbols.
    public static DwarfTypes of(
            Dwarf dwarf, TargetLayout target, Function<String, OptionalLong> addresses) {
        return new DwarfTypes(dwarf, target, addresses);
    }

    /// The types of a file whose debug information has been opened.
    public static DwarfTypes of(ElfFile file, Dwarf dwarf) {
        TargetLayout target = new TargetLayout(file.header().wordSize(), file.header().order());
        return of(dwarf, target, new ElfAddresses(file)::find);
    }

    /// The types of a file.
    public static DwarfTypes of(ElfFile file) {
        return of(file, Dwarf.of(file));
    }

    @Override
    public TargetLayout target() {
        return target;
    }

    @Override
    public Optional<CType> type(String name) {
        Query query = Query.of(name);
        TypeIndex.Entry entry = index.find(query.name, query.kinds);
        return entry == null ? Optional.empty() : Optional.of(factory.at(entry.offset()).get());
    }

    @Override
    public List<CType> types(String name) {
        Query query = Query.of(name);
        List<CType> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (TypeIndex.Entry entry : index.findAll(query.name, query.kinds)) {
            if (entry.definition()) {
                CType type = factory.at(entry.offset()).get();
                if (seen.add(Fingerprint.of(type))) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    /// The names of all types, in no order. Reads the tops of all units.
    public List<String> typeNames() {
        return index.names(ANY_TYPE);
    }

    /// The names of all variables outside of functions, in no order. Reads the tops of all units.
    public List<String> variableNames() {
        return index.names(List.of(Kind.VARIABLE));
    }

    /// The enumerations without a tag, each content once. Reads all units.
    public List<CType.Enumeration> namelessEnumerations() {
        Set<CType.Enumeration> found = new LinkedHashSet<>();
        for (int i = 0; ; i++) {
            DieOffset offset = index.enumeration(i);
            if (offset == null) {
                return List.copyOf(found);
            }
            if (factory.at(offset).get() instanceof CType.Enumeration enumeration
                    && enumeration.tag().isEmpty()) {
                found.add(enumeration);
            }
        }
    }

    /// The type at an offset, such as the one that a [CVariable] of a frame has.
    public TypeReference typeAt(DieOffset offset) {
        return factory.at(offset);
    }

    /// The type of a variable or parameter.
    public TypeReference typeOf(Die variable) {
        return factory.typeOfVariable(variable);
    }

    /// The debug information.
    public Dwarf dwarf() {
        return dwarf;
    }

    private record Query(String name, List<Kind> kinds) {
        static Query of(String text) {
            String name = text.strip();
            int space = name.indexOf(' ');
            List<Kind> kinds = space < 0 ? null : KEYWORDS.get(name.substring(0, space));
            return kinds == null
                    ? new Query(name, ANY_TYPE)
                    : new Query(name.substring(space + 1).strip(), kinds);
        }
    }

    @Override
    public Optional<CVariable> variable(String name) {
        return variables.computeIfAbsent(name, this::findVariable);
    }

    private Optional<CVariable> findVariable(String name) {
        TypeIndex.Entry entry = index.find(name, List.of(Kind.VARIABLE));
        if (entry == null) {
            return Optional.empty();
        }
        try {
            Die die = dwarf.die(entry.offset());
            String linkage = die.linkageName().orElse(name);
            OptionalLong address = OptionalLong.empty();
            Optional<Expression> location = DieValues.expression(die, DwAt.LOCATION);
            if (location.isPresent()) {
                address = location.get().evaluate(DieValues.staticContext(die.unit())).number();
            }
            if (address.isEmpty()) {
                address = addresses.apply(linkage);
            }
            return Optional.of(
                    new CVariable(
                            name,
                            linkage,
                            factory.typeOfVariable(die),
                            address,
                            !entry.definition()));
        } catch (MalformedException e) {
            return Optional.of(
                    new CVariable(
                            name,
                            name,
                            TypeReference.to(
                                    new CType.Unknown("broken debug information: " + e.field())),
                            addresses.apply(name),
                            true));
        }
    }

    @Override
    public OptionalLong enumerator(String name) {
        return enumerators.computeIfAbsent(name, this::findEnumerator);
    }

    private OptionalLong findEnumerator(String name) {
        for (int i = 0; ; i++) {
            DieOffset offset = index.enumeration(i);
            if (offset == null) {
                return OptionalLong.empty();
            }
            if (factory.at(offset).get() instanceof CType.Enumeration enumeration) {
                for (Enumerator enumerator : enumeration.enumerators()) {
                    if (enumerator.name().equals(name)) {
                        return OptionalLong.of(enumerator.value());
                    }
                }
            }
        }
    }

    @Override
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> all = new ArrayList<>(dwarf.diagnostics());
        all.addAll(index.diagnostics());
        all.addAll(factory.diagnostics());
        return all;
    }
}
