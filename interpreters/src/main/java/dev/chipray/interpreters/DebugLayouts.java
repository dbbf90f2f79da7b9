package dev.chipray.interpreters;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.Member;
import dev.chipray.ctype.TypeCatalog;
import dev.chipray.elf.ElfFile;
import dev.chipray.elf.ElfSymbol;
import dev.chipray.elf.ElfSymbolTable;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What an ELF file's symbols and its debug information, or a layout profile, say of a firmware; for one thread.
public final class DebugLayouts implements Layouts {
    private static final int NESTING_LIMIT = 16;

    private final TypeCatalog types;
    private final Map<String, Long> addresses = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final List<Variable> variables = new ArrayList<>();
    private final Map<String, Optional<Struct>> structs = new HashMap<>();

    /// The layouts of a firmware that runs `bias` bytes above the addresses it was linked at.
    public DebugLayouts(ElfFile file, TypeCatalog types, long bias) {
        this.types = types;
        ElfSymbolTable symbols = file.symbols();
        for (int i = 0; i < symbols.size(); i++) {
            add(symbols, i, bias);
        }
        variables.sort(Comparator.comparingLong(Variable::address));
    }

    private void add(ElfSymbolTable symbols, int index, long bias) {
        int kind = symbols.type(index);
        boolean defined = symbols.section(index) != ElfSymbol.UNDEFINED;
        // Linker script symbols have no type but name places that decoders ask for.
        boolean named =
                kind == ElfSymbol.OBJECT || kind == ElfSymbol.FUNCTION || kind == ElfSymbol.NOTYPE;
        if (!defined || !named || symbols.mapping(index) != null) {
            return;
        }
        String name = plain(symbols.name(index));
        if (name.isEmpty()) {
            return;
        }
        long address = symbols.address(index) + bias;
        addresses.putIfAbsent(name, address);
        if (kind != ElfSymbol.NOTYPE) {
            names.putIfAbsent(address, name);
        }
        if (kind == ElfSymbol.OBJECT && symbols.size(index) > 0) {
            variables.add(new Variable(name, address, symbols.size(index)));
        }
    }

    /// A symbol without what compilers append to keep copies apart.
    private static String plain(String name) {
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public int wordSize() {
        return types.target().pointerSize();
    }

    @Override
    public ByteOrder order() {
        return types.target().order();
    }

    @Override
    public OptionalLong symbol(String name) {
        Long address = addresses.get(name);
        return address == null ? OptionalLong.empty() : OptionalLong.of(address);
    }

    @Override
    public Optional<String> symbolAt(long address) {
        return Optional.ofNullable(names.get(address));
    }

    @Override
    public List<Variable> variables() {
        return List.copyOf(variables);
    }

    @Override
    public Optional<Struct> struct(String name) {
        Optional<Struct> known = structs.get(name);
        if (known == null) {
            known = types.type(name).flatMap(type -> read(name, type));
            structs.put(name, known);
        }
        return known;
    }

    private static Optional<Struct> read(String name, CType type) {
        if (type.stripped() instanceof CType.Composite whole && !whole.isIncomplete()) {
            List<Field> fields = new ArrayList<>();
            collect(whole, 0, 0, fields);
            return Optional.of(new Struct(name, whole.bytes().orElse(0), fields));
        }
        return Optional.empty();
    }

    private static void collect(CType.Composite whole, long bits, int depth, List<Field> fields) {
        for (Member member : whole.members()) {
            CType type = member.type().get();
            CType bare = type.stripped();
            if (member.isTransparent()) {
                if (bare instanceof CType.Composite inner && depth < NESTING_LIMIT) {
                    collect(inner, bits + member.bitOffset(), depth + 1, fields);
                }
                continue;
            }
            long elementSize = 0;
            CType named = type;
            if (bare instanceof CType.Array array) {
                named = array.element().get();
                elementSize = named.size().orElse(0);
            }
            fields.add(
                    new Field(
                            member.name(),
                            bits + member.bitOffset(),
                            member.bitSize(),
                            type.size().orElse(0),
                            shape(bare),
                            elementSize,
                            typeName(named)));
        }
    }

    private static Shape shape(CType bare) {
        return switch (bare) {
            case CType.Pointer _ -> Shape.POINTER;
            case CType.Enumeration _ -> Shape.INTEGER;
            case CType.Base base ->
                    base.kind() == CType.BaseKind.FLOAT ? Shape.FLOAT : Shape.INTEGER;
            case CType.Composite _ -> Shape.STRUCT;
            case CType.Array _ -> Shape.ARRAY;
            case CType.VoidType _,
                    CType.Typedef _,
                    CType.Qualified _,
                    CType.Function _,
                    CType.Unknown _ ->
                    Shape.OTHER;
        };
    }

    private static String typeName(CType type) {
        return type.name()
                .replace("const ", "")
                .replace("volatile ", "")
                .replace("struct ", "")
                .replace("union ", "")
                .replace("*const", "*")
                .trim();
    }

    @Override
    public OptionalLong sizeOf(String type) {
        return types.type(type).map(CType::size).orElse(OptionalLong.empty());
    }
}
