package dev.chipray.ctype;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A type that is made when it is first asked for; any thread may ask, and all get the same one.
///
/// Types refer to each other in circles (a list node points to a list node), so references are compared by identity
/// and never print what they refer to.
public final class TypeReference {
    private volatile @Nullable Supplier<CType> maker;
    private volatile @Nullable CType type;

    private TypeReference(@Nullable Supplier<CType> maker, @Nullable CType type) {
        this.maker = maker;
        this.type = type;
    }

    /// A reference to a type that is there already.
    public static TypeReference to(CType type) {
        return new TypeReference(null, type);
    }

    /// A reference to a type that `maker` makes at first use; it is called once and must not throw.
    public static TypeReference lazy(Supplier<CType> maker) {
        return new TypeReference(maker, null);
    }

    /// The type.
    public CType get() {
        CType made = type;
        return made != null ? made : make();
    }

    private synchronized CType make() {
        CType made = type;
        Supplier<CType> supplier = maker;
        if (made == null) {
            made = supplier == null ? new CType.Unknown("a reference to nothing") : supplier.get();
            type = made;
            maker = null;
        }
        return made;
    }

    @Override
    public String toString() {
        CType made = type;
        return made == null ? "(not read yet)" : made.name();
    }
}
