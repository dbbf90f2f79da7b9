package dev.chipray.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.analysis.Metric;
import dev.chipray.testkit.EventScript;
import dev.chipray.trace.TraceInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpeedscopeTest {

    private static final Set<String> UNITS =
            Set.of("bytes", "microseconds", "milliseconds", "nanoseconds", "none", "seconds");

    private static final EventScript SCRIPT =
            EventScript.random(21, 1500, 90, 15)
                    .allocate(5000, 3)
                    .allocate(6000, 2, "f@no-line.c", "g@weird:name.c:12");

    /// What the published schema asks of every file, and that all numbers of frames exist.
    private static List<Map<String, Object>> validProfiles(Map<String, Object> file) {
        assertThat(file).containsKeys("$schema", "shared", "profiles");
        assertThat(file.get("$schema"))
                .isEqualTo("https://www.speedscope.app/file-format-schema.json");
        List<Map<String, Object>> frames =
                JsonTree.objects(JsonTree.object(file.get("shared")).get("frames"));
        for (Map<String, Object> frame : frames) {
            assertThat(frame.get("name")).isInstanceOf(String.class);
            assertThat(Set.of("name", "file", "line", "col")).containsAll(frame.keySet());
            assertThat(frame.getOrDefault("file", "")).isInstanceOf(String.class);
            assertThat(frame.getOrDefault("line", 0L)).isInstanceOf(Long.class);
        }
        assertThat(frames).doesNotHaveDuplicates();
        List<Map<String, Object>> profiles = JsonTree.objects(file.get("profiles"));
        for (Map<String, Object> profile : profiles) {
            assertThat(profile).containsKeys("type", "name", "unit", "startValue", "endValue");
            assertThat(UNITS).contains((String) profile.get("unit"));
            if ("sampled".equals(profile.get("type"))) {
                checkSampled(profile, frames.size());
            } else {
                assertThat(profile.get("type")).isEqualTo("evented");
                checkEvented(profile, frames.size());
            }
        }
        return profiles;
    }

    private static void checkSampled(Map<String, Object> profile, int frames) {
        List<?> samples = (List<?>) Objects.requireNonNull(profile.get("samples"));
        List<?> weights = (List<?>) Objects.requireNonNull(profile.get("weights"));
        assertThat(weights).hasSameSizeAs(samples);
        for (Object sample : samples) {
            for (Object frame : (List<?>) sample) {
                assertThat((Long) frame).isBetween(0L, frames - 1L);
            }
        }
        assertThat(weights.stream().mapToLong(weight -> (Long) weight).sum())
                .isEqualTo(profile.get("endValue"));
    }

    private static void checkEvented(Map<String, Object> profile, int frames) {
        Deque<Object> open = new ArrayDeque<>();
        long last = (Long) Objects.requireNonNull(profile.get("startValue"));
        for (Map<String, Object> event : JsonTree.objects(profile.get("events"))) {
            long at = (Long) Objects.requireNonNull(event.get("at"));
            Object frame = Objects.requireNonNull(event.get("frame"));
            assertThat(at).isGreaterThanOrEqualTo(last);
            assertThat((Long) frame).isBetween(0L, frames - 1L);
            last = at;
            if ("O".equals(event.get("type"))) {
                open.push(frame);
            } else {
                assertThat(event.get("type")).isEqualTo("C");
                assertThat(open.pop()).isEqualTo(frame);
            }
        }
        assertThat(open).isEmpty();
        assertThat(last)
                .isLessThanOrEqualTo((Long) Objects.requireNonNull(profile.get("endValue")));
    }

    private static Map<String, Object> file(String format, ExportOptions options) {
        return JsonTree.object(JsonTree.parse(Exports.text(SCRIPT, format, options)));
    }

    @Test
    void hasAProfileOfSamplesForEachMetricAndShowsTheOneAskedFor() {
        Map<String, Object> file =
                file("speedscope", ExportOptions.DEFAULT.withMetric(Metric.PEAK));

        List<Map<String, Object>> profiles = validProfiles(file);

        assertThat(profiles)
                .extracting(profile -> profile.get("name"))
                .containsExactly(
                        "live (blocks)",
                        "peak (blocks)",
                        "total (blocks)",
                        "temporary (blocks)",
                        "churn (blocks)",
                        "count (allocations)");
        assertThat(file.get("activeProfileIndex")).isEqualTo(1L);
    }

    @Test
    void beginsSamplesWithTheOutermostFrame() {
        EventScript script = new EventScript().allocate(0, 1, "main@main.c:1", "leaf@leaf.c:2");
        Map<String, Object> file =
                JsonTree.object(JsonTree.parse(Exports.text(script, "speedscope")));
        List<Map<String, Object>> frames =
                JsonTree.objects(JsonTree.object(file.get("shared")).get("frames"));

        List<?> samples =
                (List<?>) Objects.requireNonNull(validProfiles(file).getFirst().get("samples"));

        Object outermost = ((List<?>) samples.getFirst()).getFirst();
        assertThat(frames.get(((Long) outermost).intValue()))
                .isEqualTo(Map.of("name", "main", "file", "main.c", "line", 1L));
    }

    @Test
    void opensAndClosesFramesSoThatEachIsAsWideAsItsWeight() {
        EventScript script =
                new EventScript()
                        .allocate(0, 1, "main@main.c:1", "a@a.c:2")
                        .allocate(1, 2, "main@main.c:1")
                        .allocate(3, 4, "main@main.c:1", "b@b.c:2")
                        .info(TraceInfo.UNKNOWN_BLOCKS.withSizes(16, 0));
        Map<String, Object> file =
                JsonTree.object(JsonTree.parse(Exports.text(script, "speedscope-evented")));
        Map<String, Object> profile = validProfiles(file).getFirst();

        Map<Object, Long> widths = new HashMap<>();
        for (Map<String, Object> event : JsonTree.objects(profile.get("events"))) {
            long at = (Long) Objects.requireNonNull(event.get("at"));
            widths.merge(
                    Objects.requireNonNull(event.get("frame")),
                    "O".equals(event.get("type")) ? -at : at,
                    Long::sum);
        }

        assertThat(profile).containsEntry("unit", "bytes").containsEntry("endValue", 112L);
        assertThat(widths.values()).containsExactlyInAnyOrder(112L, 16L, 64L);
    }

    @Test
    void isValidForEachMetricOfALongTrace() {
        for (Metric metric : Metric.values()) {
            assertThat(
                            validProfiles(
                                    file(
                                            "speedscope-evented",
                                            ExportOptions.DEFAULT.withMetric(metric))))
                    .hasSize(1);
        }
    }
}
