package dev.chipray.interpreters.micropython;

/// How a firmware packs small integers, qstrs, floats and pointers into an object word.
///
/// The letter is that of `MICROPY_OBJ_REPR`; the two forms of A, B and C differ in the shift of a qstr, which grew by
/// one bit when immediate objects came.
public enum Representation {
    /// Small int `…1`, qstr `…010`, immediate `…110`, pointer `…00`.
    A('A', 3),
    /// As A, with the qstr `…10` of firmware without immediate objects.
    A_OLD('A', 2),
    /// Small int `…01`, qstr `…011`, immediate `…111`, pointer `…0`.
    B('B', 3),
    /// As B, with the qstr `…11` of firmware without immediate objects.
    B_OLD('B', 2),
    /// Floats inside the word; qstr `…0110`, immediate `…1110`.
    C('C', 4),
    /// As C, with the qstr `…110` of firmware without immediate objects.
    C_OLD('C', 3),
    /// Words of 64 bits with doubles inside.
    D('D', 1);

    private final char letter;
    private final int qstrShift;

    Representation(char letter, int qstrShift) {
        this.letter = letter;
        this.qstrShift = qstrShift;
    }

    /// The letter that MicroPython gives it.
    public char letter() {
        return letter;
    }

    /// How many bits a qstr's number is shifted.
    public int qstrShift() {
        return qstrShift;
    }
}
