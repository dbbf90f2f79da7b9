package dev.chipray.linkermap.internal;

/// Takes a line of a map apart, from left to right; for one thread.
final class LineScanner {
    private final String line;
    private int at;
    private long number;

    LineScanner(String line, int start) {
        this.line = line;
        this.at = start;
    }

    private void blanks() {
        while (at < line.length() && line.charAt(at) <= ' ') {
            at++;
        }
    }

    /// Takes a word that ends at a blank; empty at the end of the line.
    String word() {
        blanks();
        int start = at;
        while (at < line.length() && line.charAt(at) > ' ') {
            at++;
        }
        return line.substring(start, at);
    }

    /// Takes a word `0x…` of up to 16 digits, whose value is then [#number]; false, and nothing taken, when the next word is none.
    boolean takeNumber() {
        blanks();
        int start = at;
        if (!line.startsWith("0x", at)) {
            return false;
        }
        int digits = 0;
        long value = 0;
        int i = at + 2;
        while (i < line.length() && Character.digit(line.charAt(i), 16) >= 0) {
            value = value << 4 | Character.digit(line.charAt(i), 16);
            digits++;
            i++;
        }
        if (digits == 0 || digits > 16 || (i < line.length() && line.charAt(i) > ' ')) {
            at = start;
            return false;
        }
        number = value;
        at = i;
        return true;
    }

    /// The last number taken.
    long number() {
        return number;
    }

    /// What is left of the line, without blanks before it.
    String rest() {
        blanks();
        return line.substring(at);
    }
}
