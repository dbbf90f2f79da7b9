package dev.chipray.cli;

import dev.chipray.dwarf.AddressRange;
import dev.chipray.symbols.DebugQuality;
import dev.chipray.symbols.MemoryUse;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Parts of the JSON answer of `elf`; stateless. Addresses are hex strings, because 64 bits do not fit every reader's
/// numbers.
final class ElfJson {

    private ElfJson() {}

    static void quality(JsonGenerator out, DebugQuality quality) {
        out.writeObjectPropertyStart("debug_information");
        out.writeNumberProperty("units", quality.units());
        out.writeArrayPropertyStart("dwarf_versions");
        quality.versions().forEach(out::writeNumber);
        out.writeEndArray();
        out.writeObjectPropertyStart("compilers");
        quality.compilers().forEach(out::writeNumberProperty);
        out.writeEndObject();
        out.writeNumberProperty("function_bytes", quality.functionBytes());
        out.writeNumberProperty("described_bytes", quality.describedBytes());
        out.writeBooleanProperty("split", quality.split());
        strings(out, "call_frames", quality.callFrames());
        out.writeEndObject();
    }

    static void use(JsonGenerator out, MemoryUse use) {
        out.writeNumberProperty("ram_bytes", use.ram());
        out.writeNumberProperty("flash_bytes", use.flash());
        ranges(out, "ram", use.ramRanges());
        ranges(out, "flash", use.flashRanges());
        out.writeArrayPropertyStart("sections");
        for (MemoryUse.Section section : use.sections()) {
            out.writeStartObject();
            out.writeStringProperty("name", section.name());
            out.writeStringProperty("address", "0x" + Long.toHexString(section.address()));
            out.writeNumberProperty("size", section.size());
            out.writeBooleanProperty("ram", section.ram());
            out.writeBooleanProperty("flash", section.flash());
            out.writeBooleanProperty("code", section.code());
            out.writeEndObject();
        }
        out.writeEndArray();
        symbols(out, "largest_in_ram", use.largestInRam());
        symbols(out, "largest_in_flash", use.largestInFlash());
    }

    private static void ranges(JsonGenerator out, String name, List<AddressRange> ranges) {
        out.writeArrayPropertyStart(name);
        for (AddressRange range : ranges) {
            out.writeStartObject();
            out.writeStringProperty("low", "0x" + Long.toHexString(range.low()));
            out.writeStringProperty("high", "0x" + Long.toHexString(range.high()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void symbols(JsonGenerator out, String name, List<MemoryUse.Symbol> symbols) {
        out.writeArrayPropertyStart(name);
        for (MemoryUse.Symbol symbol : symbols) {
            out.writeStartObject();
            out.writeStringProperty("name", symbol.name());
            out.writeStringProperty("address", "0x" + Long.toHexString(symbol.address()));
            out.writeNumberProperty("size", symbol.size());
            out.writeBooleanProperty("function", symbol.function());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void strings(JsonGenerator out, String name, List<String> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeString);
        out.writeEndArray();
    }
}
