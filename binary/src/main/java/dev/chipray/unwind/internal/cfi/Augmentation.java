package dev.chipray.unwind.internal.cfi;

import dev.chipray.bytes.ByteCursor;

/// What the augmentation string of common frame information says.
///
/// @param pointerEncoding how addresses are written
/// @param sized whether descriptions carry the length of their extra data
/// @param signal whether the functions are entered by an interruption
record Augmentation(int pointerEncoding, boolean sized, boolean signal) {

    /// Reads the data that belongs to a string; letters after an unknown one are skipped when a length is there.
    static Augmentation read(
            ByteCursor cursor, String letters, int addressSize, long sectionAddress, long offset) {
        int encoding = PointerEncoding.ABSOLUTE;
        boolean signal = false;
        if (letters.isEmpty() || letters.equals("eh")) {
            return new Augmentation(encoding, false, false);
        }
        if (letters.charAt(0) != 'z') {
            throw cursor.malformed(offset, "unknown augmentation " + letters, letters.charAt(0));
        }
        long length = cursor.uleb128();
        long end = cursor.position() + length;
        if (length < 0 || length > cursor.remaining()) {
            throw cursor.malformed(offset, "length of augmentation data", length);
        }
        for (int i = 1; i < letters.length(); i++) {
            switch (letters.charAt(i)) {
                case 'R' -> encoding = cursor.u8();
                case 'L' -> cursor.u8();
                case 'P' -> PointerEncoding.read(cursor, cursor.u8(), addressSize, sectionAddress);
                case 'S' -> signal = true;
                default -> {
                    cursor.position(end);
                    return new Augmentation(encoding, true, signal);
                }
            }
        }
        cursor.position(end);
        return new Augmentation(encoding, true, signal);
    }
}
