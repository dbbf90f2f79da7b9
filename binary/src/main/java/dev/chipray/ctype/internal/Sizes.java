package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import java.util.OptionalLong;

/// Sizes of types; ends on types that contain themselves, which only broken debug information has.
public final class Sizes {
    /// How many typedefs, qualifiers and dimensions are followed.
    public static final int DEPTH_LIMIT = 64;

    private Sizes() {}

    /// The size in bytes, when it is known and below 2^63.
    public static OptionalLong size(CType start) {
        CType type = start;
        long factor = 1;
        for (int i = 0; i < DEPTH_LIMIT; i++) {
            switch (type) {
                case CType.Base base -> {
                    return product(factor, base.bytes());
                }
                case CType.Pointer pointer -> {
                    return product(factor, pointer.bytes());
                }
                case CType.Composite composite -> {
                    return composite.bytes().isPresent()
                            ? product(factor, composite.bytes().getAsLong())
                            : OptionalLong.empty();
                }
                case CType.Enumeration enumeration -> {
                    return enumeration.bytes().isPresent()
                            ? product(factor, enumeration.bytes().getAsLong())
                            : OptionalLong.empty();
                }
                case CType.Array array -> {
                    OptionalLong next =
                            array.count().isPresent()
                                    ? product(factor, array.count().getAsLong())
                                    : OptionalLong.empty();
                    if (next.isEmpty()) {
                        return next;
                    }
                    factor = next.getAsLong();
                    type = array.element().get();
                }
                case CType.Typedef typedef -> type = typedef.target().get();
                case CType.Qualified qualified -> type = qualified.target().get();
                case CType.VoidType _, CType.Function _, CType.Unknown _ -> {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong product(long factor, long size) {
        if (factor < 0 || size < 0 || Math.multiplyHigh(factor, size) != 0 || factor * size < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(factor * size);
    }
}
