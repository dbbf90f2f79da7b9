package dev.chipray.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chipray.trace.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {

    private static String page(SyntheticSource source, String title) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.Result result = new HtmlReport(title).write(source, List.of(), out);
        assertThat(result.bytes()).isEqualTo(out.size());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingThatAnInputSaysIsMarkup() throws IOException {
        String hostile = "</script><script>alert(1)</script>";
        SyntheticSource source = new SyntheticSource().with(Diagnostic.note(hostile, hostile));
        source.allocate(0, 1, source.stack(hostile + "@" + hostile + ".c:1"));
        String page = page(source, hostile);
        assertThat(page).doesNotContain("alert(1)");
        assertThat(page.split("</script>", -1)).hasSize(3);
    }

    @Test
    void thePolicyAllowsTheOneScriptAndTheOneStyleAndNothingElse() throws Exception {
        SyntheticSource source = new SyntheticSource();
        source.allocate(0, 1, 0);
        String page = page(source, "small");
        String policy = group(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
        String script = group(page, "<script>(.*?)</script>");
        String style = group(page, "<style>(.*?)</style>");
        assertThat(policy)
                .isEqualTo(
                        "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"
                                .formatted(sha256(script), sha256(style)));
        assertThat(page.replaceAll("(?s)<script.*?</script>", ""))
                .doesNotContain("http://", "https://", "src=", "href=");
    }

    @Test
    void anEmptyRecordingIsAPage() throws IOException {
        assertThat(page(new SyntheticSource(), "empty")).contains("id=\"chipray-data\"");
    }

    @Test
    void aMillionEventsFitFifteenMegabytes() throws IOException {
        SyntheticSource source = SyntheticHeap.recording(1, 1_000_000, 16_384);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.Result result = new HtmlReport("million").write(source, List.of(), out);
        assertThat(result.bytes()).isLessThanOrEqualTo(15_000_000);
        assertThat(result.diagnostics()).isEmpty();
    }

    @Test
    void aMillionAllocationsThatNothingCompressesFitToo() throws IOException {
        SyntheticSource source = SyntheticHeap.incompressible(2, 1_000_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(new HtmlReport("random").write(source, List.of(), out).bytes())
                .isLessThanOrEqualTo(15_000_000);
    }

    @Test
    void whatDoesNotFitIsCountedAndSaid() throws IOException {
        SyntheticSource source = SyntheticHeap.recording(3, 20_000, 4096);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.Result result =
                new HtmlReport("cut").withAllocationLimit(2000).write(source, List.of(), out);
        assertThat(result.diagnostics())
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.severity()).isEqualTo(Diagnostic.Severity.WARNING);
                    assertThat(said.message())
                            .matches("\\d+ allocations that lived fewer than \\d+ events .*");
                });
    }

    private static String group(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String sha256(String text) throws Exception {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }
}
