package dev.chipray.linkermap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolNamesTest {
    @ParameterizedTest
    @CsvSource({
        "gc_alloc, gc_alloc",
        "getS.lto_priv.0, getS",
        "adjuststack.part.0.lto_priv.0, adjuststack",
        "f.constprop.1.isra.0, f",
        "g.cold, g",
        "counter.1234, counter",
        "odd.name, odd.name",
        "f.partial, f.partial",
        ".hidden, .hidden"
    })
    void findsTheNameInTheSource(String name, String source) {
        assertThat(SymbolNames.sourceName(name)).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource({
        ".text.gc_alloc, gc_alloc",
        ".text.unlikely.fail, fail",
        ".rodata.mp_type_dict, mp_type_dict",
        ".rodata.main.str1.1, ''",
        ".rodata.str1.4, ''",
        ".rodata.cst8, ''",
        ".bss.heap, heap",
        ".data.rel.ro.local.table, table",
        ".text, ''",
        ".literal.f, f",
        ".debug_info, ''"
    })
    void findsTheSymbolASectionIsNamedAfter(String section, String name) {
        assertThat(SymbolNames.fromSection(section)).isEqualTo(name);
    }
}
