package dev.chipray.target;

import dev.chipray.bytes.RegisterReader;
import dev.chipray.target.RegisterLayout.Register;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The registers of a thread at one moment; immutable. Values are zero-extended to 64 bits; wider ones are not told.
public final class RegisterValues implements RegisterReader {

    private final RegisterLayout layout;
    private final ByteOrder order;
    private final byte[] bytes;
    private final boolean[] known;

    /// @param bytes all registers as `layout` places them
    /// @param known for each byte, whether the target told it
    public RegisterValues(RegisterLayout layout, ByteOrder order, byte[] bytes, boolean[] known) {
        this.layout = layout;
        this.order = order;
        this.bytes = bytes.clone();
        this.known = known.clone();
    }

    public RegisterLayout layout() {
        return layout;
    }

    @Override
    public OptionalLong read(int dwarfRegister) {
        return value(layout.dwarf(dwarfRegister));
    }

    /// The register with that name; empty where the target has none or did not tell.
    public OptionalLong read(String name) {
        return value(layout.named(name));
    }

    public OptionalLong programCounter() {
        return value(layout.programCounter());
    }

    public OptionalLong stackPointer() {
        return value(layout.stackPointer());
    }

    /// These registers with another value in one of them, which has at most 64 bits.
    public RegisterValues with(Register register, long value) {
        byte[] changed = bytes.clone();
        boolean[] told = known.clone();
        for (int i = 0; i < register.size() && register.offset() + i < changed.length; i++) {
            int shift = order == ByteOrder.LITTLE_ENDIAN ? i : register.size() - 1 - i;
            changed[register.offset() + i] = (byte) (value >>> (8 * shift));
            told[register.offset() + i] = true;
        }
        return new RegisterValues(layout, order, changed, told);
    }

    /// The registers whose bytes are others in `wanted`.
    public List<Register> differences(RegisterValues wanted) {
        List<Register> different = new ArrayList<>();
        for (Register register : layout.registers()) {
            int end = Math.min(register.offset() + register.size(), bytes.length);
            if (end > register.offset()
                    && !Arrays.equals(
                            bytes, register.offset(), end, wanted.bytes, register.offset(), end)) {
                different.add(register);
            }
        }
        return different;
    }

    /// Whether the target told every byte.
    public boolean isComplete() {
        for (boolean one : known) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /// All bytes as the target sent them; those that it did not tell are 0.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The bytes of one register in the target's order.
    public byte[] bytes(Register register) {
        return Arrays.copyOfRange(bytes, register.offset(), register.offset() + register.size());
    }

    private OptionalLong value(@Nullable Register register) {
        if (register == null || register.size() > Long.BYTES) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < register.size(); i++) {
            int at = register.offset() + i;
            if (at >= bytes.length || !known[at]) {
                return OptionalLong.empty();
            }
            int shift = order == ByteOrder.LITTLE_ENDIAN ? i : register.size() - 1 - i;
            value |= (bytes[at] & 0xffL) << (8 * shift);
        }
        return OptionalLong.of(value);
    }
}
