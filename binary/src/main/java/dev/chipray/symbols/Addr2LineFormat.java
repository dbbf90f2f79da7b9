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
    private static final byte[] UNKNOWN = ascii("??");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] AT = ascii(" at ");
    private static final byte[] INLINED_BY = ascii(" (inlined by) ");
    private static final byte[] DISCRIMINATOR = ascii(" (discriminator ");

    /// Room for `0x`, sixteen digits, a colon and a blank.
    private static final int ADDRESS_LENGTH = 20;

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
        address(address);
        if (index == null) {
            symbolOnly(at);
            return;
        }
        int scope = at.scope();
        int row = at.row();
        name(at, index, scope);
        put(AT);
        place(
                index,
                row < 0 ? -1 : index.rowFile(row),
                row < 0 ? 0 : index.rowLine(row),
                row < 0 ? 0 : index.rowDiscriminator(row));
        while (scope >= 0 && index.parent(scope) >= 0) {
            put(INLINED_BY);
            name(at, index, index.parent(scope));
            put(AT);
            place(index, index.callFile(scope), index.callLine(scope), 0);
            scope = index.parent(scope);
        }
    }

    private void symbolOnly(Location at) throws IOException {
        String name = at.symbolName();
        String file = at.symbolFile();
        if (name.isEmpty()) {
            put(ascii("?? ??:0\n"));
            return;
        }
        text(demangle ? demangler.apply(name) : name);
        put(AT);
        text(file.isEmpty() ? "??" : file);
        put(ascii(":?\n"));
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
            put(UNKNOWN);
        } else {
            text(index, file);
        }
        put(':');
        if (line == 0) {
            put('?');
        } else {
            number(line);
        }
        if (discriminator != 0 && line != 0) {
            put(DISCRIMINATOR);
            number(discriminator);
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
        if (!index.isPrintable()) {
            hideControls(buffer, used, length);
        }
        used += length;
    }

    private static void hideControls(byte[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (text[i] >= 0 && text[i] < 32) {
                text[i] = '?';
            }
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hideControls(bytes, 0, bytes.length);
        put(bytes);
    }

    private void address(long address) throws IOException {
        if (buffer.length - used < ADDRESS_LENGTH) {
            drain();
        }
        buffer[used++] = '0';
        buffer[used++] = 'x';
        for (int shift = 4 * digits - 4; shift >= 0; shift -= 4) {
            buffer[used++] = HEX[(int) (address >>> shift) & 0xf];
        }
        buffer[used++] = ':';
        buffer[used++] = ' ';
    }

    private void number(int unsigned) throws IOException {
        put(ascii(Integer.toUnsignedString(unsigned)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void put(int value) throws IOException {
        if (used == buffer.length) {
            drain();
        }
        buffer[used++] = (byte) value;
    }

    private void put(byte[] bytes) throws IOException {
        if (bytes.length > buffer.length - used) {
            drain();
        }
        if (bytes.length > buffer.length) {
            out.write(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, used, bytes.length);
            used += bytes.length;
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
