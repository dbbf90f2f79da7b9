package dev.chipray.symbols;

import dev.chipray.bytes.PrintableText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts names beside the addresses in text: `0x080012a4` becomes `0x080012a4 [gc_alloc gc.c:440]`; for one thread.
///
/// An address is a number with `0x` in front, or a word of exactly as many hex digits as the program's addresses have.
/// What names nothing in the program is left alone. Inlined calls are shown from the inside out with ` < ` between them.
public final class TextAnnotator {
    private static final int MOST_REMEMBERED = 100_000;

    private final Symbolizer symbolizer;
    private final UnaryOperator<String> demangler;
    private final Pattern address;
    private final DataSymbols data;
    private final Map<Long, String> known = new HashMap<>();

    /// @param demangler makes the shown name of a linkage name
    public TextAnnotator(Symbolizer symbolizer, UnaryOperator<String> demangler) {
        this.symbolizer = symbolizer;
        this.demangler = demangler;
        int digits = 2 * symbolizer.elf().header().wordSize();
        address =
                Pattern.compile("\\b(?:0[xX]([0-9a-fA-F]{1,16})|([0-9a-fA-F]{" + digits + "}))\\b");
        data = new DataSymbols(symbolizer.elf());
    }

    /// A line of text with names.
    public String annotate(String line) {
        Matcher matcher = address.matcher(line);
        StringBuilder out = null;
        int copied = 0;
        while (matcher.find()) {
            String digits = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            String name = name(Long.parseUnsignedLong(digits, 16));
            if (!name.isEmpty()) {
                out = out == null ? new StringBuilder(line.length() + 80) : out;
                out.append(line, copied, matcher.end()).append(" [").append(name).append(']');
                copied = matcher.end();
            }
        }
        return out == null ? line : out.append(line, copied, line.length()).toString();
    }

    private String name(long value) {
        String name = known.get(value);
        if (name == null) {
            name = describe(value);
            if (known.size() < MOST_REMEMBERED) {
                known.put(value, name);
            }
        }
        return name;
    }

    private String describe(long value) {
        List<SourceFrame> frames = symbolizer.frames(value);
        if (frames.isEmpty() || frames.getFirst().linkageName().isEmpty()) {
            return PrintableText.of(data.describe(value));
        }
        StringBuilder text = new StringBuilder();
        for (SourceFrame frame : frames) {
            text.append(text.isEmpty() ? "" : " < ");
            text.append(PrintableText.of(demangler.apply(frame.linkageName())));
            if (!frame.file().isEmpty()) {
                String path = frame.file();
                int start = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
                text.append(' ').append(PrintableText.of(path.substring(start)));
                text.append(frame.line() == 0 ? "" : ":" + Integer.toUnsignedString(frame.line()));
            }
        }
        return text.toString();
    }
}
