package dev.chipray.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.bytes.ByteView;
import dev.chipray.bytes.MalformedException;
import dev.chipray.bytes.UnsupportedException;
import dev.chipray.ctype.CType;
import dev.chipray.ctype.DwarfTypes;
import dev.chipray.ctype.LayoutProfile;
import dev.chipray.ctype.LocalVariable;
import dev.chipray.ctype.LocalVariables;
import dev.chipray.ctype.ProfileBuilder;
import dev.chipray.ctype.Scope;
import dev.chipray.ctype.TargetLayout;
import dev.chipray.ctype.TypeLayout;
import dev.chipray.dwarf.Dwarf;
import dev.chipray.elf.ElfFile;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// Types, variables and layout profiles of any bytes.
class TypesFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyFileGivesTypesThatCanBeShownOrIsRefused(byte[] bytes) {
        DwarfTypes types;
        try {
            ElfFile elf = ElfFile.of(ByteView.of(bytes, "fuzz.elf"));
            types =
                    DwarfTypes.of(
                            Dwarf.of(elf),
                            new TargetLayout(4, ByteOrder.LITTLE_ENDIAN),
                            symbol -> OptionalLong.of(symbol.length()));
        } catch (MalformedException | UnsupportedException e) {
            return;
        }
        for (String name : types.typeNames()) {
            for (CType type : types.types(name)) {
                assertThat(TypeLayout.of(type, 4).toLines()).isNotEmpty();
            }
            types.resolve(name + ".a[1].b");
        }
        for (String name : types.variableNames()) {
            types.resolve(name + "[0]");
        }
        types.enumerator("nothing");
        ProfileBuilder.ofInterpreter(types)
                .ifPresent(builder ->
                        assertThat(LayoutProfile.parse(builder.toJson(), "again")).isNotNull());
        LocalVariables variables = new LocalVariables(types);
        for (long address = 0; address < 0x400; address += 0x10) {
            for (Scope scope : variables.at(address)) {
                for (LocalVariable variable : scope.variables()) {
                    assertThat(variable.type().get().name()).isNotNull();
                }
            }
        }
        assertThat(types.diagnostics()).isNotNull();
    }

    @FuzzTest(maxDuration = "2m")
    void anyProfileGivesTypesThatCanBeShownOrIsRefused(byte[] bytes) {
        LayoutProfile profile;
        try {
            profile = LayoutProfile.parse(new String(bytes, StandardCharsets.UTF_8), "fuzz.json");
        } catch (MalformedException | UnsupportedException e) {
            return;
        }
        for (String name : profile.typeNames()) {
            profile.type(name)
                    .ifPresent(type -> assertThat(TypeLayout.of(type, 4).toLines()).isNotEmpty());
            profile.resolve(name + ".a[1].b");
        }
        profile.enumerator("nothing");
    }
}
