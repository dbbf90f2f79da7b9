package dev.chipray.symbols;

import dev.chipray.bytes.BytesAssembler;
import dev.chipray.dwarf.DwAt;
import dev.chipray.dwarf.DwForm;
import dev.chipray.dwarf.DwTag;
import dev.chipray.elf.ElfImage;
import dev.chipray.elf.ElfMachine;
import dev.chipray.elf.ElfSection;
import dev.chipray.elf.ElfSymbol;
import java.nio.ByteOrder;

/// A program of three functions with debug information in any version: `outer` at 0x8000 with `inner` inlined at
/// 0x8008 to 0x8010, `plain` at 0x8020, and `dropped`, which the linker left described at 0 as GNU's does.
final class FirmwareImage {
    private FirmwareImage() {}

    static ElfImage of(int version) {
        return new ElfImage(false, ByteOrder.LITTLE_ENDIAN, ElfMachine.ARM)
                .section(".vectors", ElfSection.ALLOC | ElfSection.EXECINSTR, 0, new byte[0x40])
                .section(".text", ElfSection.ALLOC | ElfSection.EXECINSTR, 0x8000, new byte[0x40])
                .symbol("outer", 0x8001, 0x20, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, 2)
                .symbol("plain", 0x8021, 0x10, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, 2)
                .symbol("tail", 0x8031, 0x10, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, 2)
                .section(".debug_abbrev", 0, 0, abbreviations(version))
                .section(".debug_info", 0, 0, info(version))
                .section(".debug_line", 0, 0, lines(version))
                .section(".debug_ranges", 0, 0, ranges());
    }

    private static byte[] abbreviations(int version) {
        BytesAssembler out = BytesAssembler.little();
        int offset = version >= 4 ? DwForm.SEC_OFFSET : DwForm.DATA4;
        out.uleb(1).uleb(DwTag.COMPILE_UNIT).u8(1);
        out.uleb(DwAt.NAME).uleb(DwForm.STRING).uleb(DwAt.COMP_DIR).uleb(DwForm.STRING);
        out.uleb(DwAt.STMT_LIST).uleb(offset).uleb(DwAt.LOW_PC).uleb(DwForm.ADDR);
        if (version < 5) {
            out.uleb(DwAt.RANGES).uleb(offset);
        } else {
            out.uleb(DwAt.HIGH_PC).uleb(DwForm.DATA4);
        }
        out.u16(0);
        out.uleb(2).uleb(DwTag.SUBPROGRAM).u8(1);
        out.uleb(DwAt.NAME).uleb(DwForm.STRING).uleb(DwAt.LOW_PC).uleb(DwForm.ADDR);
        out.uleb(DwAt.HIGH_PC).uleb(version >= 4 ? DwForm.DATA4 : DwForm.ADDR).u16(0);
        out.uleb(3).uleb(DwTag.SUBPROGRAM).u8(0);
        out.uleb(DwAt.NAME).uleb(DwForm.STRING).uleb(DwAt.INLINE).uleb(DwForm.DATA1).u16(0);
        out.uleb(4).uleb(DwTag.INLINED_SUBROUTINE).u8(0);
        out.uleb(DwAt.ABSTRACT_ORIGIN).uleb(DwForm.REF4).uleb(DwAt.LOW_PC).uleb(DwForm.ADDR);
        out.uleb(DwAt.HIGH_PC).uleb(version >= 4 ? DwForm.DATA4 : DwForm.ADDR);
        out.uleb(DwAt.CALL_FILE).uleb(DwForm.DATA1).uleb(DwAt.CALL_LINE).uleb(DwForm.DATA1).u16(0);
        return out.u8(0).toByteArray();
    }

    private static byte[] info(int version) {
        BytesAssembler out = BytesAssembler.little().u32(0).u16(version);
        if (version >= 5) {
            out.u8(1).u8(4).u32(0);
        } else {
            out.u32(0).u8(4);
        }
        out.uleb(1).string("main.c").string("/src").u32(0).u32(version < 5 ? 0 : 0x8000);
        out.u32(version < 5 ? 0 : 0x30);
        int inner = out.size();
        out.uleb(3).string("inner").u8(1);
        function(out, version, "outer", 0x8000, 0x20);
        out.uleb(4).u32(inner).u32(0x8008).u32(version >= 4 ? 8 : 0x8010).u8(1).u8(12).u8(0);
        function(out, version, "plain", 0x8020, 0x10);
        out.u8(0);
        function(out, version, "dropped", 0, 0x18);
        out.u8(0).u8(0);
        return out.patch(0, out.size() - 4, 4).toByteArray();
    }

    private static void function(
            BytesAssembler out, int version, String name, long low, long size) {
        out.uleb(2).string(name).u32(low).u32(version >= 4 ? size : low + size);
    }

    private static byte[] ranges() {
        return BytesAssembler.little()
                .u32(0x8000)
                .u32(0x8030)
                .u32(0)
                .u32(0x18)
                .u64(0)
                .toByteArray();
    }

    private static byte[] lines(int version) {
        BytesAssembler out = BytesAssembler.little().u32(0).u16(version);
        if (version >= 5) {
            out.u8(4).u8(0);
        }
        int lengthField = out.size();
        out.u32(0).u8(2);
        if (version >= 4) {
            out.u8(1);
        }
        out.u8(1).u8(-3).u8(12).u8(10).bytes(0, 1, 1, 1, 1, 0, 0, 0, 1);
        if (version >= 5) {
            out.u8(1).uleb(1).uleb(DwForm.STRING).uleb(1).string("/src");
            out.u8(2).uleb(1).uleb(DwForm.STRING).uleb(2).uleb(DwForm.UDATA).uleb(2);
            out.string("main.c").uleb(0).string("main.c").uleb(0);
        } else {
            out.u8(0).string("main.c").uleb(0).uleb(0).uleb(0).u8(0);
        }
        out.patch(lengthField, out.size() - lengthField - 4, 4);
        sequence(out, 0x8000, new int[] {0, 10, 8, 5, 16, 13, 32, 20}, 0x30);
        sequence(out, 0, new int[] {0, 30}, 0x18);
        return out.patch(0, out.size() - 4, 4).toByteArray();
    }

    /// Pairs of offset and line, then the end.
    private static void sequence(BytesAssembler out, long start, int[] rows, int end) {
        out.u8(0).uleb(5).u8(2).u32(start);
        int address = 0;
        int line = 1;
        for (int i = 0; i < rows.length; i += 2) {
            out.u8(2).uleb((rows[i] - address) / 2).u8(3).sleb(rows[i + 1] - line).u8(1);
            address = rows[i];
            line = rows[i + 1];
        }
        out.u8(2).uleb((end - address) / 2).u8(0).uleb(1).u8(1);
    }
}
