package dev.chipray.ctype.internal;

import dev.chipray.ctype.CType;
import dev.chipray.ctype.Member;

/// Tells two definitions of a name apart by what a reader of memory sees of them: names, offsets and sizes.
public final class Fingerprint {
    private Fingerprint() {}

    /// A text that is equal for definitions of equal layout.
    public static String of(CType type) {
        CType stripped = type.stripped();
        StringBuilder text = new StringBuilder(stripped.name()).append(' ').append(stripped.size());
        switch (stripped) {
            case CType.Composite composite -> {
                for (Member member : composite.members()) {
                    CType memberType = member.type().get();
                    text.append('\n').append(member.name()).append(' ').append(member.bitOffset());
                    text.append(' ').append(member.bitSize()).append(' ').append(memberType.size());
                    text.append(' ').append(memberType.name());
                }
            }
            case CType.Enumeration enumeration -> text.append(enumeration.enumerators());
            case CType.VoidType _,
                    CType.Base _,
                    CType.Pointer _,
                    CType.Array _,
                    CType.Function _,
                    CType.Typedef _,
                    CType.Qualified _,
                    CType.Unknown _ -> {}
        }
        return text.toString();
    }
}
