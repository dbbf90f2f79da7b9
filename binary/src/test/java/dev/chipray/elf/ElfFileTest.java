package dev.chipray.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.BytesAssembler;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class ElfFileTest {
    private static final byte[] CODE = new byte[64];
    private static final long TEXT = ElfSection.ALLOC | ElfSection.EXECINSTR;

    private static ElfImage image(boolean is64, ByteOrder order, ElfMachine machine) {
        return new ElfImage(is64, order, machine)
                .section(".text", TEXT, 0x8000, CODE)
                .section(
                        ".data",
                        ElfSection.ALLOC | ElfSection.WRITE,
                        0x2000_0000,
                        new byte[] {1, 2, 3, 4});
    }

    @Test
    void sections_symbols_and_memory_read_the_same_in_every_class_and_byte_order() {
        for (boolean is64 : new boolean[] {false, true}) {
            for (ByteOrder order :
                    new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                ElfFile file =
                        image(is64, order, ElfMachine.RISCV)
                                .symbol("main", 0x8010, 12, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, 1)
                                .file();
                assertThat(file.header().wordSize()).isEqualTo(is64 ? 8 : 4);
                assertThat(file.section(".text").orElseThrow().address()).isEqualTo(0x8000);
                assertThat(file.symbols().get(1))
                        .isEqualTo(new ElfSymbol("main", 0x8010, 0x8010, 12, 2, 1, 1, false));
                byte[] read = new byte[6];
                assertThat(file.memory().read(0x2000_0001, read, 1, 5)).isEqualTo(3);
                assertThat(read).containsExactly(0, 2, 3, 4, 0, 0);
                assertThat(file.sectionAt(0x8001).orElseThrow().name()).isEqualTo(".text");
                assertThat(file.diagnostics()).isEmpty();
            }
        }
    }

    @Test
    void the_thumb_bit_is_taken_off_arm_functions_and_nothing_else() {
        ElfFile file =
                image(false, ByteOrder.LITTLE_ENDIAN, ElfMachine.ARM)
                        .symbol("thumb", 0x8001, 2, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, 1)
                        .symbol("odd", 0x2000_0001, 1, ElfSymbol.OBJECT, ElfSymbol.WEAK, 2)
                        .file();
        assertThat(file.symbols().get(1).address()).isEqualTo(0x8000);
        assertThat(file.symbols().get(1).thumb()).isTrue();
        assertThat(file.symbols().get(2).address()).isEqualTo(0x2000_0001);
    }

    @Test
    void mapping_symbols_are_told_from_names_that_begin_alike() {
        ElfImage image = image(false, ByteOrder.LITTLE_ENDIAN, ElfMachine.ARM);
        for (String name : new String[] {"$t", "$d.12", "$a", "$tx", "$"}) {
            image.symbol(name, 0x8000, 0, ElfSymbol.NOTYPE, ElfSymbol.LOCAL, 1);
        }
        ElfSymbolTable symbols = image.file().symbols();
        assertThat(symbols.mapping(1)).isEqualTo(ElfSymbolTable.Mapping.THUMB);
        assertThat(symbols.mapping(2)).isEqualTo(ElfSymbolTable.Mapping.DATA);
        assertThat(symbols.mapping(3)).isEqualTo(ElfSymbolTable.Mapping.CODE);
        assertThat(symbols.mapping(4)).isNull();
        assertThat(symbols.mapping(5)).isNull();
    }

    @Test
    void compressed_sections_inflate_in_both_forms_and_lies_about_their_size_are_refused()
            throws IOException {
        byte[] text = "debug ".repeat(500).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
            deflater.write(text);
        }
        byte[] modern =
                BytesAssembler.little()
                        .u32(1)
                        .u32(text.length)
                        .u32(1)
                        .bytes(compressed.toByteArray())
                        .toByteArray();
        byte[] zstd = BytesAssembler.little().u32(2).u32(text.length).u32(1).toByteArray();
        byte[] lie =
                BytesAssembler.little()
                        .u32(1)
                        .u32(0x7fff_fff0)
                        .u32(1)
                        .bytes(compressed.toByteArray())
                        .toByteArray();
        byte[] old =
                new BytesAssembler(ByteOrder.BIG_ENDIAN)
                        .bytes('Z', 'L', 'I', 'B')
                        .u64(text.length)
                        .bytes(compressed.toByteArray())
                        .toByteArray();
        ElfFile file =
                image(false, ByteOrder.LITTLE_ENDIAN, ElfMachine.ARM)
                        .section(".debug_info", ElfSection.COMPRESSED, 0, modern)
                        .section(".zdebug_line", 0, 0, old)
                        .section(".debug_str", ElfSection.COMPRESSED, 0, zstd)
                        .section(".debug_loc", ElfSection.COMPRESSED, 0, lie)
                        .file();
        assertThat(file.contents(".debug_info").orElseThrow().bytes()).isEqualTo(text);
        assertThat(file.contents(".debug_line").orElseThrow().bytes()).isEqualTo(text);
        assertThatThrownBy(() -> file.contents(".debug_str"))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("zstd");
        assertThatThrownBy(() -> file.contents(".debug_loc"))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void relocatable_files_are_refused_with_what_to_do() {
        ElfImage image =
                image(true, ByteOrder.LITTLE_ENDIAN, ElfMachine.X86_64).type(ElfHeader.RELOCATABLE);
        assertThatThrownBy(image::file)
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("link it");
    }

    @Test
    void any_cut_and_any_changed_byte_gives_a_file_or_a_malformed_input() {
        byte[] sound =
                image(false, ByteOrder.LITTLE_ENDIAN, ElfMachine.ARM)
                        .symbol("main", 0x8001, 12, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, 1)
                        .build();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes =
                    Arrays.copyOf(sound, i % 3 == 0 ? random.nextInt(sound.length) : sound.length);
            for (int change = 0; change < 2 && bytes.length > 0; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            readAll(bytes);
        }
    }

    private static void readAll(byte[] bytes) {
        try {
            ElfFile file = ElfFile.of(ByteView.of(bytes, "changed.elf"));
            file.notes();
            file.symbols().stream().forEach(symbol -> assertThat(symbol.name()).isNotNull());
            file.memory().read(0x8000, new byte[100], 0, 100);
            for (ElfSection section : file.sections()) {
                try {
                    file.contents(section);
                } catch (MalformedException | UnsupportedException e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        } catch (MalformedException | UnsupportedException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
