package dev.chipray.linkermap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.bytes.Diagnostic;
import dev.chipray.bytes.MalformedException;
import dev.chipray.linkermap.MapSymbol.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LinkerMapTest {
    private static final String MAP =
            """
            Archive member included to satisfy reference by file (symbol)

            libc.a(memcpy.o)              main.o (memcpy)

            Allocating common symbols
            Common symbol       size              file

            shared              0x20              main.o
            a_common_symbol_of_a_long_name
                                0x8               other.o

            Discarded input sections

             .text.unused   0x00000000       0x1c main.o
             .text.not_needed_by_anyone
                            0x00000000        0x4 other.o

            Memory Configuration

            Name             Origin             Length             Attributes
            FLASH            0x00000000         0x00040000         xr
            RAM              0x20000000         0x00004000         xrw
            *default*        0x00000000         0xffffffff

            Linker script and memory map

            LOAD main.o
                            0x20004000                _estack = (ORIGIN (RAM) + LENGTH (RAM))
                            0x00000001                ASSERT ((. < 0x40000), too big)

            .text           0x00000000      0x120
             *(.text*)
             .text.main     0x00000000       0x10 main.o
                            0x00000000                main
             .text.a_static_function
                            0x00000010       0x20 main.o
             .text          0x00000030       0x40 libc.a(memcpy.o)
                                             0x44 (size before relaxing)
                            0x00000030                memcpy
                            0x00000040                Queue<int>::operator=(Queue<int> const&)
             *fill*         0x00000070       0x10
             .text          0x00000080       0x40 out of the way/lto.o
                            0x00000080                getS.lto_priv.0
                            0x00000090                main
                            [!provide]                PROVIDE (__etext = .)
                            0x000000c0                . = ALIGN (0x4)
                            0x000000c0                PROVIDE (_etext = .)
                            0x000000c0        0x4 LONG 0x1

            .data           0x20000000        0x4 load address 0x000000c4
             .data.counter.12
                            0x20000000        0x4 main.o

            .a_long_output_section
                            0x20000010       0x40 load address 0x000000c8
             .bss           0x20000010        0x0 main.o
             COMMON         0x20000010       0x28 main.o
                            0x20000010                shared
                            0x20000030                a_common_symbol_of_a_long_name

            .debug_info     0x00000000     0x1234
             .debug_info    0x00000000      0x234 main.o

            Cross Reference Table

            .text 0x1 0x2 nothing.o
            """;

    private static LinkerMap read(String text) {
        try {
            return LinkerMap.read(new ByteArrayInputStream(text.getBytes(UTF_8)), "fw.map");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final LinkerMap map = read(MAP);

    @Test
    void readsMemoryRegions() {
        assertThat(map.regions())
                .containsExactly(
                        new MemoryRegion("FLASH", 0, 0x40000, "xr"),
                        new MemoryRegion("RAM", 0x20000000, 0x4000, "xrw"));
        assertThat(map.regions().getLast().contains(0x20003fff)).isTrue();
        assertThat(map.regions().getLast().contains(0x20004000)).isFalse();
    }

    @Test
    void readsOutputSectionsOfOneAndTwoLines() {
        assertThat(map.outputSections())
                .containsExactly(
                        new OutputSection(".text", 0, 0x120, 0),
                        new OutputSection(".data", 0x20000000, 4, 0xc4),
                        new OutputSection(".a_long_output_section", 0x20000010, 0x40, 0xc8));
    }

    @Test
    void readsInputSectionsAndPadding() {
        assertThat(map.inputSections())
                .extracting(InputSection::name)
                .containsExactly(
                        ".text.main",
                        ".text.a_static_function",
                        ".text",
                        "*fill*",
                        ".text",
                        ".data.counter.12",
                        "COMMON");
        assertThat(map.sectionAt(0x2f))
                .get()
                .extracting(InputSection::nameFromSection)
                .isEqualTo("a_static_function");
        assertThat(map.sectionAt(0x9f))
                .get()
                .extracting(InputSection::file)
                .isEqualTo("out of the way/lto.o");
        assertThat(map.sectionAt(0x75)).get().matches(InputSection::isFill);
        assertThat(map.sectionAt(0xc0)).isEmpty();
        assertThat(map.discarded())
                .containsExactly(
                        new InputSection(".text.unused", 0, 0x1c, "main.o", ""),
                        new InputSection(".text.not_needed_by_anyone", 0, 4, "other.o", ""));
    }

    @Test
    void readsSymbolsOfAllKinds() {
        assertThat(map.symbols("_estack"))
                .containsExactly(new MapSymbol("_estack", 0x20004000, Kind.ASSIGNED, "", "", -1));
        assertThat(map.symbol("_etext")).get().extracting(MapSymbol::address).isEqualTo(0xc0L);
        assertThat(map.symbol("__etext")).isEmpty();
        assertThat(map.symbol("a_static_function"))
                .hasValue(
                        new MapSymbol(
                                "a_static_function",
                                0x10,
                                Kind.FROM_SECTION,
                                ".text.a_static_function",
                                "main.o",
                                0x20));
        assertThat(map.symbol("getS")).get().extracting(MapSymbol::address).isEqualTo(0x80L);
        assertThat(map.symbol("counter")).get().extracting(MapSymbol::size).isEqualTo(4L);
        assertThat(map.symbol("Queue<int>::operator=(Queue<int> const&)")).isPresent();
        assertThat(map.symbol("a_common_symbol_of_a_long_name"))
                .hasValue(
                        new MapSymbol(
                                "a_common_symbol_of_a_long_name",
                                0x20000030,
                                Kind.COMMON,
                                "COMMON",
                                "main.o",
                                8));
        assertThat(map.symbols(".")).isEmpty();
    }

    @Test
    void saysThatANameIsAtTwoAddresses() {
        assertThat(map.symbols("main")).extracting(MapSymbol::address).containsExactly(0L, 0x90L);
        assertThat(map.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("main is at two addresses, 0x0 and 0x90");
    }

    @Test
    void findsTheSymbolBeforeAnAddressInTheSameSection() {
        assertThat(map.symbolAt(0x8f))
                .get()
                .extracting(MapSymbol::name)
                .isEqualTo("getS.lto_priv.0");
        assertThat(map.symbolAt(0x75)).isEmpty();
        assertThat(map.symbolAt(0x20000020)).get().extracting(MapSymbol::name).isEqualTo("shared");
        assertThat(map.symbolAt(0x30000000)).isEmpty();
    }

    @Test
    void refusesATextThatIsNoMapAndSaysWhenOneIsCut() {
        assertThatThrownBy(() -> read("hello\nworld\n")).isInstanceOf(MalformedException.class);
        assertThat(read("Memory Configuration\n").diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "the part \"Linker script and memory map\" is missing: the file may be cut");
    }

    @Test
    void survivesEveryPrefixAndLongLines() {
        for (int cut = MAP.indexOf("Common symbol "); cut < MAP.length(); cut += 7) {
            assertThat(read(MAP.substring(0, cut + 20 > MAP.length() ? MAP.length() : cut + 20)))
                    .isNotNull();
        }
        String longLine = "Linker script and memory map\n " + "x".repeat(200_000) + "\n";
        assertThat(read(longLine).diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("a line of more than 64 KiB was cut");
    }
}
