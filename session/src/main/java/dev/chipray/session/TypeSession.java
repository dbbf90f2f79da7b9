package dev.chipray.session;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.ctype.CType;
import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.LayoutProfile;
import dev.chipray.ctype.ProfileBuilder;
import dev.chipray.ctype.Resolution;
import dev.chipray.ctype.TypeCatalog;
import dev.chipray.ctype.TypeLayout;
import dev.chipray.elf.ElfFile;
import dev.chipray.trace.Diagnostic;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Answers questions about the C types of a firmware, from its debug information or from a layout profile; for one
/// thread at a time.
public final class TypeSession {
    /// What a type is asked by leads to.
    ///
    /// @param query the name or path that was asked for
    /// @param layout the type
    /// @param offset from the start of the path's root
    /// @param address of what a path from a variable leads to
    public record Answer(String query, TypeLayout layout, long offset, OptionalLong address) {}

    private final String name;
    private final TypeCatalog catalog;
    private final @Nullable DwarfTypes debugInformation;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private TypeSession(String name, TypeCatalog catalog, @Nullable DwarfTypes debugInformation) {
        this.name = name;
        this.catalog = catalog;
        this.debugInformation = debugInformation;
    }

    /// Opens an ELF file with debug information, or a layout profile.
    public static TypeSession open(String path) throws IOException {
        InputRequest request = InputRequest.of(path);
        return Inputs.withName(
                request,
                () -> {
                    try {
                        return open(Path.of(path), request.name());
                    } catch (MalformedException e) {
                        throw new InputFailedException(
                                request.name(), String.valueOf(e.getMessage()), e);
                    } catch (UnsupportedException e) {
                        throw new InputFailedException(
                                request.name(), String.valueOf(e.getMessage()), e);
                    }
                });
    }

    private static TypeSession open(Path file, String name) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InputFailedException(name, "is a folder; name a file in it", null);
        }
        ByteView bytes = ByteView.open(file);
        if (bytes.size() > 0 && bytes.u8(0) == '{') {
            return new TypeSession(
                    name, LayoutProfile.parse(bytes.utf8(0, bytes.size()), name), null);
        }
        DwarfTypes types = DwarfTypes.of(ElfFile.of(bytes));
        if (types.dwarf().units().isEmpty()) {
            throw new InputFailedException(
                    name,
                    "has no debug information; build the firmware with -g, or use a layout profile",
                    null);
        }
        Optional<dev.chipray.bytes.Diagnostic> split = types.dwarf().split();
        if (split.isPresent()
                && split.get().message().startsWith(types.dwarf().units().size() + " of")) {
            throw new InputFailedException(name, split.get().message(), null);
        }
        return new TypeSession(name, types, types);
    }

    /// The file's name.
    public String name() {
        return name;
    }

    /// The layouts that a name or path leads to: more than one when source files use a name for different types.
    public List<Answer> find(String query, int levels) throws IOException {
        Resolution resolution = catalog.resolve(query);
        if (resolution instanceof Resolution.Place place) {
            List<Answer> answers = new ArrayList<>();
            boolean isType = catalog.variable(query).isEmpty();
            List<CType> types = isType ? catalog.types(query) : List.of();
            if (types.size() <= 1) {
                types = List.of(place.type());
            } else {
                diagnostics.add(
                        Diagnostic.note(
                                query,
                                types.size() + " different types have this name; all are shown"));
            }
            for (CType type : types) {
                answers.add(
                        new Answer(
                                query,
                                TypeLayout.of(type, levels),
                                place.offset(),
                                place.address()));
            }
            return answers;
        }
        String reason = resolution instanceof Resolution.Nowhere(String text) ? text : "";
        throw new InputFailedException(name, reason, null);
    }

    /// The names of types that fit a pattern with `*` and `?`, in order.
    public List<String> names(String pattern) {
        TreeSet<String> names = new TreeSet<>();
        PathMatcher matcher =
                FileSystems.getDefault()
                        .getPathMatcher("glob:" + pattern.replaceAll("[\\\\{}\\[\\]]", "?"));
        for (String typeName : allNames()) {
            // Slashes would be folders to the matcher, and a zero byte is no path.
            if (typeName.indexOf('\0') < 0
                    && matcher.matches(Path.of(typeName.replace('/', '_')))) {
                names.add(typeName);
            }
        }
        return List.copyOf(names);
    }

    private List<String> allNames() {
        return debugInformation != null
                ? debugInformation.typeNames()
                : catalog instanceof LayoutProfile profile ? profile.typeNames() : List.of();
    }

    /// The size of the type of a name.
    public OptionalLong size(String typeName) {
        return catalog.type(typeName).map(CType::size).orElse(OptionalLong.empty());
    }

    /// A layout profile of the interpreter in the firmware, with more types by name when there are any.
    public String profile(String title, List<String> more) throws IOException {
        DwarfTypes types = debugInformation;
        if (types == null) {
            throw new InputFailedException(name, "is a layout profile already", null);
        }
        ProfileBuilder builder =
                ProfileBuilder.ofInterpreter(types).orElseGet(() -> new ProfileBuilder(types));
        for (String typeName : more) {
            if (types.type(typeName).isEmpty() && types.variable(typeName).isEmpty()) {
                throw new InputFailedException(
                        name, "has no type or variable \"" + typeName + "\"", null);
            }
            builder.addVariable(typeName).addType(typeName);
        }
        if (builder.typeNames().isEmpty()) {
            throw new InputFailedException(
                    name,
                    "shows neither MicroPython nor Lua; name the types that the profile shall hold",
                    null);
        }
        Path fileName = Path.of(name).getFileName();
        return builder.name(title).source(fileName == null ? name : fileName.toString()).toJson();
    }

    /// What could not be read, and what is doubtful.
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> all = new ArrayList<>(diagnostics);
        for (dev.chipray.bytes.Diagnostic diagnostic : catalog.diagnostics()) {
            Diagnostic.Severity severity =
                    switch (diagnostic.severity()) {
                        case INFO -> Diagnostic.Severity.NOTE;
                        case WARNING -> Diagnostic.Severity.WARNING;
                        case ERROR -> Diagnostic.Severity.ERROR;
                    };
            all.add(new Diagnostic(severity, diagnostic.where(), diagnostic.message()));
        }
        return all;
    }
}
