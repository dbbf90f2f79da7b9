package dev.chipray.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.chipray.analysis.Metric;
import dev.chipray.analysis.StackTotals;
import dev.chipray.trace.AllocationReplay;
import dev.chipray.trace.Diagnostic;
import dev.chipray.trace.TraceInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as a reader meets it: in a browser, from disk, by pointer and by keys.
final class ReportInBrowserTest {

    @TempDir private static Path folder;
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start(folder);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /// Eight blocks: `keep` holds 0 to 3 from event 0; `brief` 4 to 5 for an event; `late` 6 from event 3.
    private static SyntheticSource small() {
        SyntheticSource source =
                new SyntheticSource().with(TraceInfo.UNKNOWN_BLOCKS.withSizes(0, 8));
        int keep = source.stack("main@main.c:1", "keep@keep.c:10", "gc_alloc@py/gc.c:5");
        int brief = source.stack("main@main.c:2", "brief@brief.c:20", "gc_alloc@py/gc.c:5");
        int late = source.stack("main@main.c:3", "late@late.c:30", "gc_alloc@py/gc.c:5");
        source.allocate(0, 4, keep).allocate(4, 2, brief).free(4, brief).allocate(6, 1, late);
        for (int i = 0; i < 6; i++) {
            source.allocate(7, 1, brief).free(7, brief);
        }
        return source;
    }

    private static Page open(SyntheticSource source) throws IOException {
        return browser.open(new HtmlReport("small heap"), source);
    }

    /// Moves the pointer to a part of the map's width and height, from the left and from the bottom.
    private static void point(Page page, double right, double up) {
        BoundingBox box = Objects.requireNonNull(page.locator(".plot").boundingBox());
        page.mouse().move(box.x + right * box.width, box.y + (1 - up) * box.height);
    }

    private static String status(Page page) {
        return page.locator(".flame-status").textContent();
    }

    private static String tooltip(Page page) {
        return page.locator(".tooltip").innerText();
    }

    @Test
    void aReportOpensFromDiskQuietly() throws IOException {
        Page page = open(small());
        assertThat(page.title()).isEqualTo("small heap – Chipray");
        assertThat(page.locator("h1").textContent()).isEqualTo("small heap");
        assertThat(page.locator(".figures").innerText())
                .contains("6 blocks", "5 blocks", "in 16 events");
        assertThat(browser.troubles()).isEmpty();
    }

    @Test
    void hoveringSaysWhoWhenHowLongAndWhy() throws IOException {
        Page page = open(small());
        point(page, 0.09, 0.62);
        assertThat(tooltip(page))
                .contains("2 blocks at blocks 4 to 5")
                .contains("event 1 to 2")
                .contains("1 event")
                .contains("freed by the program")
                .contains("brief brief.c:20")
                .doesNotContain("gc_alloc");
        point(page, 0.5, 0.2);
        assertThat(tooltip(page)).contains("4 blocks").contains("alive at the end");
        point(page, 0.03, 0.8);
        assertThat(page.locator(".tooltip").isVisible()).isFalse();
    }

    @Test
    void aClickPinsWithTheWholeStackAndEscapeUnpins() throws IOException {
        Page page = open(small());
        point(page, 0.5, 0.2);
        page.mouse().down();
        page.mouse().up();
        assertThat(page.locator(".card").innerText()).contains("keep", "gc_alloc", "py/gc.c:5");
        page.keyboard().press("Escape");
        assertThat(page.locator(".card").isVisible()).isFalse();
    }

    @Test
    void selectingARangeUpdatesFlameGraphAndHolders() throws IOException {
        Page page = open(small());
        assertThat(status(page)).isEqualTo("5 blocks");
        page.keyboard().down("Shift");
        point(page, 0.02, 0.5);
        page.mouse().down();
        point(page, 0.05, 0.5);
        point(page, 0.08, 0.5);
        page.mouse().up();
        page.keyboard().up("Shift");
        page.waitForCondition(() -> status(page).equals("6 blocks"));
        assertThat(page.locator(".clear").textContent()).isEqualTo("Events 0 – 1 ×");
        assertThat(page.locator("tbody").innerText()).contains("brief").doesNotContain("late");
        page.keyboard().press("Escape");
        page.waitForCondition(() -> status(page).equals("5 blocks"));
    }

    @Test
    void searchCountsWhatMatchesAndNarrowsTheTable() throws IOException {
        Page page = open(small());
        page.keyboard().press("/");
        page.keyboard().type("late");
        assertThat(status(page)).isEqualTo("5 blocks · search matches 20 %");
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        page.keyboard().press("Escape");
        assertThat(page.locator("tbody tr").count()).isEqualTo(3);
    }

    @Test
    void everythingCanBeDoneByKeys() throws IOException {
        Page page = open(small());
        page.keyboard().press("?");
        assertThat(page.locator("dialog").isVisible()).isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog").isVisible()).isFalse();
        page.keyboard().press("3");
        assertThat(status(page)).isEqualTo("13 blocks");
        page.keyboard().press("m");
        page.keyboard().press("+");
        page.keyboard().press("s");
        page.waitForCondition(() -> page.locator(".clear").isVisible());
        page.keyboard().press("f");
        page.keyboard().press("ArrowDown");
        // The page draws once a frame, so a busy machine shows the answer a moment after the key.
        page.waitForCondition(() -> tooltip(page).contains("main"));
        page.keyboard().press("ArrowDown");
        page.waitForCondition(() -> tooltip(page).contains("brief"));
        page.keyboard().press("Enter");
        page.waitForCondition(() -> status(page).contains("zoomed in"));
        page.keyboard().press("i");
        page.keyboard().press("a");
        assertThat(page.locator("tbody").innerText()).contains("gc_alloc");
        page.keyboard().press("t");
        page.keyboard().press("t");
        assertThat(page.getAttribute("html", "data-theme")).isEqualTo("dark");
        assertThat(browser.troubles()).isEmpty();
    }

    @Test
    void hostileStringsShowAsTextAndDoNothing() throws IOException {
        String script = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
        String hidden = "evil\u202Etxt.c\u0000\u001B[31m";
        SyntheticSource source = small().with(Diagnostic.warning(hidden, script));
        source.allocate(5, 1, source.stack(script + "@" + hidden + ":1"));
        Page page = browser.open(new HtmlReport(script + hidden), source);
        String shown = "evil⟨U+202E⟩txt.c⟨U+0000⟩⟨U+001B⟩[31m";
        assertThat(page.locator("h1").textContent()).isEqualTo(script + shown);
        page.locator(".notes summary").click();
        assertThat(page.locator(".notes ul").innerText()).contains(script, shown);
        assertThat(page.locator("tbody").innerText()).contains(script, shown + ":1");
        assertThat(page.locator("img, body script").count()).isEqualTo(1);
        assertThat(browser.troubles()).isEmpty();
    }

    @Test
    void thePageAddsUpToWhatTheAnalysisSays() throws IOException {
        agrees(SyntheticHeap.recording(11, 30_000, 4096), new HtmlReport("all"), Metric.values());
    }

    @Test
    void whatIsLeftOutStillCountsInTotalAndTemporary() throws IOException {
        HtmlReport cut = new HtmlReport("cut").withAllocationLimit(3000);
        Page page =
                agrees(
                        SyntheticHeap.recording(12, 30_000, 4096),
                        cut,
                        Metric.TOTAL,
                        Metric.TEMPORARY);
        assertThat(page.locator(".notes summary").innerText()).contains("are not drawn one by one");
    }

    private static Page agrees(SyntheticSource source, HtmlReport report, Metric... metrics)
            throws IOException {
        SyntheticSource inBlocks = source.with(TraceInfo.UNKNOWN_BLOCKS.withSizes(0, 4096));
        StackTotals totals = new StackTotals();
        inBlocks.readAll(new AllocationReplay(List.of(totals)));
        Page page = browser.open(report, inBlocks);
        for (Metric metric : metrics) {
            Locator choice = page.locator("input[name=metric][value=" + metric.id() + "]");
            if (choice.count() == 0) {
                continue;
            }
            choice.check();
            long expected = totals.weights(metric).total();
            assertThat(status(page))
                    .as(metric.id())
                    .isEqualTo(String.format(Locale.ROOT, "%,d blocks", expected));
        }
        return page;
    }

    @Test
    void aPhoneShowsAllOfIt() throws IOException {
        Page page = open(small());
        page.setViewportSize(390, 844);
        Object width = page.evaluate("document.documentElement.scrollWidth");
        assertThat(width).isEqualTo(390);
        assertThat(page.locator(".flame").isVisible()).isTrue();
    }
}
