package dev.chipray.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The system's Chromium, without a window, and the pages that a test opens in it from disk.
///
/// What a page prints to its console, and what it asks the network for, is kept: a report does neither.
final class Browser implements AutoCloseable {

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final Path folder;
    private final List<String> troubles = new ArrayList<>();

    private Browser(Path chromium, Path node, Path folder) {
        this.folder = folder;
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString())));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-quic",
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync")));
    }

    /// Starts the browser; skips the test where there is none, unless CI is set.
    static Browser start(Path folder) {
        Optional<Path> chromium = find("chromium").or(() -> find("chromium-browser"));
        Optional<Path> node = find("node");
        boolean there = chromium.isPresent() && node.isPresent();
        if (System.getenv("CI") != null) {
            assertThat(there).as("chromium and node are in PATH").isTrue();
        }
        assumeTrue(there, "skipped: no chromium in PATH (Debian: apt-get install chromium)");
        return new Browser(chromium.orElseThrow(), node.orElseThrow(), folder);
    }

    private static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Writes the report of `source` and opens it.
    Page open(HtmlReport report, SyntheticSource source) throws IOException {
        Path file = folder.resolve("report.html");
        try (OutputStream out = Files.newOutputStream(file)) {
            report.write(source, List.of(), out);
        }
        Page page =
                browser.newPage(
                        new com.microsoft.playwright.Browser.NewPageOptions()
                                .setViewportSize(1280, 900)
                                .setColorScheme(ColorScheme.LIGHT));
        page.onConsoleMessage(message -> troubles.add(message.type() + ": " + message.text()));
        page.onPageError(troubles::add);
        page.onDialog(dialog -> {
            troubles.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().equals(file.toUri().toString())) {
                troubles.add("request: " + request.url());
            }
        });
        page.navigate(file.toUri().toString());
        page.waitForSelector(
                "html[data-state]",
                new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        assertThat(page.getAttribute("html", "data-state")).isEqualTo("ready");
        return page;
    }

    /// Console output, errors, dialogs and requests of all pages so far.
    List<String> troubles() {
        return troubles;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
