package dev.chipray.target;

import dev.chipray.bytes.RegisterReader;
import dev.chipray.target.RegisterLayout.Register;
import java.nio.ByteOrder;
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
