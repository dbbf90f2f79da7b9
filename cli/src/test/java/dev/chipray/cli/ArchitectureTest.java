package dev.chipray.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Holds the code to the table of ARCHITECTURE.md: who may import what.
@AnalyzeClasses(packages = "dev.chipray", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.chipray.";

    /// For each top package of ours, which others of ours it may use. A package may always use itself and its `internal`.
    private static final Map<String, Set<String>> MAY_USE = mayUse();

    private static Map<String, Set<String>> mayUse() {
        Map<String, Set<String>> rules = new TreeMap<>();
        rules.put("bytes", Set.of());
        rules.put("elf", Set.of("bytes"));
        rules.put("dwarf", Set.of("bytes", "elf"));
        rules.put("ctype", Set.of("bytes", "elf", "dwarf"));
        rules.put("linkermap", Set.of("bytes"));
        rules.put("hex", Set.of("bytes"));
        rules.put("symbols", Set.of("bytes", "elf", "dwarf"));
        rules.put("unwind", Set.of("bytes", "elf", "dwarf", "symbols", "ctype"));
        rules.put("target", Set.of("bytes", "elf", "linkermap", "hex"));
        rules.put("trace", Set.of());
        rules.put("heap", Set.of());
        rules.put("recording", Set.of("trace", "heap"));
        rules.put(
                "interpreters",
                Set.of(
                        "bytes", "elf", "dwarf", "target", "ctype", "symbols", "unwind", "trace",
                        "heap"));
        rules.put("ingest", Set.of("trace", "heap", "recording"));
        rules.put("analysis", Set.of("trace", "heap"));
        rules.put("export", Set.of("trace", "heap", "analysis"));
        Set<String> all = new TreeSet<>(rules.keySet());
        rules.put(
                "capture",
                Set.of(
                        "bytes",
                        "elf",
                        "dwarf",
                        "ctype",
                        "symbols",
                        "unwind",
                        "target",
                        "trace",
                        "recording",
                        "interpreters"));
        all.add("capture");
        rules.put("session", Set.copyOf(all));
        // The fronts ask the session; what it returns are types of the model and results of
        // analyses.
        rules.put("web", Set.of("session", "trace", "heap", "analysis"));
        rules.put(
                "cli",
                Set.of(
                        "session",
                        "web",
                        "trace",
                        "heap",
                        "analysis",
                        "bytes",
                        "elf",
                        "dwarf",
                        "ctype",
                        "symbols",
                        "target",
                        "interpreters"));
        all.add("session");
        all.add("web");
        rules.put("testkit", Set.copyOf(all));
        return rules;
    }

    @ArchTest
    static final ArchRule PACKAGES_IMPORT_ONLY_WHAT_THE_ARCHITECTURE_ALLOWS =
            classes().that().resideInAPackage("dev.chipray..").should(useOnlyAllowedPackages());

    @ArchTest
    static final ArchRule THE_FOUNDATION_USES_NOTHING_BUT_THE_JDK =
            classes()
                    .that(
                            resideInAnyPackage(
                                    "dev.chipray.bytes..",
                                    "dev.chipray.elf..",
                                    "dev.chipray.dwarf..",
                                    "dev.chipray.ctype..",
                                    "dev.chipray.linkermap..",
                                    "dev.chipray.hex..",
                                    "dev.chipray.symbols..",
                                    "dev.chipray.unwind..",
                                    "dev.chipray.trace..",
                                    "dev.chipray.heap..",
                                    "dev.chipray.recording..",
                                    "dev.chipray.analysis.."))
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "java..", "org.jspecify.annotations..", "dev.chipray.."));

    @ArchTest
    static final ArchRule NOBODY_REACHES_INTO_SOMEBODY_ELSES_INTERNALS =
            classes().that().resideInAPackage("dev.chipray..").should(leaveOthersInternalsAlone());

    @ArchTest
    static final ArchRule ONLY_THE_ENTRY_POINT_ENDS_THE_PROCESS =
            noClasses()
                    .that(not(JavaClass.Predicates.type(Main.class)))
                    .should()
                    .callMethod(System.class, "exit", int.class);

    private static ArchCondition<JavaClass> useOnlyAllowedPackages() {
        return new ArchCondition<>("use only the packages that ARCHITECTURE.md allows") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                String own = topPackage(user);
                Set<String> allowed = MAY_USE.get(own);
                if (allowed == null) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    user,
                                    "package "
                                            + own
                                            + " is missing in the table of this test and of"
                                            + " ARCHITECTURE.md"));
                    return;
                }
                user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(dependency -> !topPackage(dependency.getTargetClass()).equals(own))
                        .filter(dependency ->
                                !allowed.contains(topPackage(dependency.getTargetClass())))
                        .forEach(dependency ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                dependency, dependency.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> leaveOthersInternalsAlone() {
        return new ArchCondition<>("leave the internals of other packages alone") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                Arrays.asList(
                                                dependency
                                                        .getTargetClass()
                                                        .getPackageName()
                                                        .split("\\."))
                                        .contains("internal"))
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(dependency ->
                                !topPackage(dependency.getTargetClass()).equals(topPackage(user)))
                        .forEach(dependency ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                dependency, dependency.getDescription())));
            }
        };
    }

    private static String topPackage(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return name;
        }
        int end = name.indexOf('.', ROOT.length());
        return name.substring(ROOT.length(), end < 0 ? name.length() : end);
    }
}
