package dev.chipray.symbols;

import dev.chipray.symbols.internal.UnitIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// Writes frames in the shape of `addr2line -a -f -i -p`; for one thread, and [#flush] ends it.
///
/// Names and paths go from the index to the output as the bytes they are, which is what makes hundreds of thousands of
/// addresses a second possible. Control characters in them come from the file and would reach a terminal, so they are
/// written as `?`.
public final class Addr2LineFormat {
    private static final byte[] UNKNOWN = "??".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Symbolizer symbolizer;
    private final OutputStream out;
    private final UnaryOperator<String> demangler;
    private final boolean demangle;
    private final int digits;
    private final byte[] buffer = new byte[1 << 16];
    private int used;

    private Addr2LineFormat(
            Symbolizer symbolizer,
            OutputStream out,
            boolean demangle,
            UnaryOperator<String> demangler) {
        this.symbolizer = symbolizer;
        this.out = out;
        this.demangle = demangle;
        this.demangler = demangler;
        digits = 2 * symbolizer.elf().header().wordSize();
    }

    /// Writes linkage names.
    public Addr2LineFormat(Symbolizer symbolizer, OutputStream out) {
        this(symbolizer, out, false, UnaryOperator.identity());
    }

    /// Writes names that a demangler made from linkage names.
    public Addr2LineFormat(
            Symbolizer symbolizer, OutputStream out, UnaryOperator<String> demangler) {
        this(symbolizer, out, true, demangler);
    }

    /// Writes the lines of one address.
    public void write(long address) throws IOException {
        Location at = symbolizer.locate(address);
        UnitIndex index = at.index();
        put('0');
        put('x');
        for (int shift = 4 * digits - 4; shift >= 0; shift -= 4) {
            put(HEX[(int) (address >>> shift) & 0xf]);
        }
        put(": ");
        if (index == null) {
            symbolOnly(at);
            return;
        }
        int scope = at.scope();
        int row = at.row();
        name(at, index, scope);
        put(" at ");
        place(
                index,
                row < 0 ? -1 : index.rowFile(row),
                row < 0 ? 0 : index.rowLine(row),
                row < 0 ? 0 : index.rowDiscriminator(row));
        while (scope >= 0 && index.parent(scope) >= 0) {
            put(" (inlined by) ");
            name(at, index, index.parent(scope));
            put(" at ");
            place(index, index.callFile(scope), index.callLine(scope), 0);
            scope = index.parent(scope);
        }
    }

    private void symbolOnly(Location at) throws IOException {
        String name = at.symbolName();
        String file = at.symbolFile();
        if (name.isEmpty()) {
            put("?? ??:0\n");
            return;
        }
        text(demangle ? demangler.apply(name) : name);
        put(" at ");
        text(file.isEmpty() ? "??" : file);
        put(":?\n");
    }

    private void name(Location at, UnitIndex index, int scope) throws IOException {
        int number = scope < 0 ? -1 : index.linkageName(scope);
        if (number < 0 && scope >= 0) {
            number = index.name(scope);
        }
        if (number < 0) {
            String name = at.symbolName();
            text(name.isEmpty() ? "??" : demangle ? demangler.apply(name) : name);
        } else if (demangle) {
            text(demangler.apply(index.string(number)));
        } else {
            text(index, number);
        }
    }

    private void place(UnitIndex index, int file, int line, int discriminator) throws IOException {
        if (file < 0) {
            put(UNKNOWN, 0, UNKNOWN.length);
        } else {
            text(index, file);
        }
        put(':');
        if (line == 0) {
            put('?');
        } else {
            put(Integer.toUnsignedString(line));
        }
        if (discriminator != 0 && line != 0) {
            put(" (discriminator ");
            put(Integer.toUnsignedString(discriminator));
            put(')');
        }
        put('\n');
    }

    private void text(UnitIndex index, int number) throws IOException {
        int length = index.textLength(number);
        if (length > buffer.length) {
            text(index.string(number));
            return;
        }
        if (length > buffer.length - used) {
            drain();
        }
        index.copyText(number, buffer, used);
        for (int end = used + length; used < end; used++) {
            if (buffer[used] >= 0 && buffer[used] < 32) {
                buffer[used] = '?';
            }
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] >= 0 && bytes[i] < 32 ? (byte) '?' : bytes[i];
        }
        put(bytes, 0, bytes.length);
    }

    private void put(String ascii) throws IOException {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
    }

    private void put(int value) throws IOException {
        if (used == buffer.length) {
            drain();
        }
        buffer[used++] = (byte) value;
    }

    private void put(byte[] bytes, int from, int length) throws IOException {
        if (length > buffer.length - used) {
            drain();
        }
        if (length > buffer.length) {
            out.write(bytes, from, length);
        } else {
            System.arraycopy(bytes, from, buffer, used, length);
            used += length;
        }
    }

    private void drain() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    /// Hands everything on to the stream.
    public void flush() throws IOException {
        drain();
        out.flush();
    }
}
