package dev.chipray.ctype.internal;

import dev.chipray.bytes.PrintableText;
import dev.chipray.ctype.TypeLayout;
import dev.chipray.ctype.TypeLayout.Kind;
import dev.chipray.ctype.TypeLayout.Row;
import java.util.ArrayList;
import java.util.List;

/// Writes a layout for a terminal: offset in decimal and hex, size, declaration; holes stand out. Stateless.
public final class LayoutText {
    private LayoutText() {}

    /// The lines, names made safe to print.
    public static List<String> lines(TypeLayout layout) {
        List<String> lines = new ArrayList<>();
        String size =
                layout.size().isPresent()
                        ? plural(layout.size().getAsLong(), "byte")
                        : "size unknown";
        boolean values = layout.rows().stream().anyMatch(row -> row.kind() == Kind.ENUMERATOR);
        String padding = layout.padding() > 0 ? ", " + layout.padding() + " of them unused" : "";
        lines.add(PrintableText.of(layout.name()) + "  (" + size + padding + ")");
        if (values) {
            for (Row row : layout.rows()) {
                lines.add(
                        "  %12d  0x%-8x  %s"
                                .formatted(
                                        row.bitOffset(),
                                        row.bitOffset(),
                                        PrintableText.of(row.name())));
            }
        } else if (!layout.rows().isEmpty()) {
            lines.add("    offset     hex       size");
            for (Row row : layout.rows()) {
                lines.add(line(row));
            }
        }
        for (String problem : layout.problems()) {
            lines.add("  ! " + PrintableText.of(problem));
        }
        if (layout.cut()) {
            lines.add("  … more rows than are shown");
        }
        return lines;
    }

    private static String line(Row row) {
        String offset = row.bit() == 0 ? "" + row.offset() : row.offset() + "." + row.bit();
        String indent = "    ".repeat(row.level());
        String text =
                switch (row.kind()) {
                    case HOLE -> "-- hole --";
                    case PADDING -> "-- padding --";
                    case BASE_CLASS -> "base class " + PrintableText.of(row.declaration());
                    case MEMBER, BIT_FIELD, ENUMERATOR -> PrintableText.of(row.declaration());
                };
        return "  %8s  %6s  %9s  %s%s"
                .formatted(offset, "0x%x".formatted(row.offset()), size(row), indent, text);
    }

    private static String size(Row row) {
        if (row.bitSize() < 0) {
            return row.declaration().endsWith("[]") ? "flexible" : "?";
        }
        boolean bits = row.kind() == Kind.BIT_FIELD || row.bitSize() % 8 != 0;
        return bits ? plural(row.bitSize(), "bit") : Long.toString(row.bitSize() / 8);
    }

    private static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
