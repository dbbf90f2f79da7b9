package dev.chipray.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The page around the data: head, style and script, whose digests are all that its content security policy lets run.
public final class Page {

    private static final String DATA_BEGIN =
            "<script type=\"application/octet-stream\" id=\"chipray-data\">";

    private Page() {}

    /// Writes what goes into the page's data.
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes the whole page. The data goes out as it is made, compressed, as base64: it has no character that means
    /// anything in HTML.
    public static void write(OutputStream out, Content content) throws IOException {
        String style = resource("report.css");
        String script = resource("report.js");
        String policy =
                "default-src 'none'; script-src 'sha256-"
                        + digest(script)
                        + "'; style-src 'sha256-"
                        + digest(style)
                        + "'; img-src data:; base-uri 'none'; form-action 'none'";
        print(
                out,
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <meta name="generator" content="Chipray">
                <title>Chipray report</title>
                <style>\
                """
                        .formatted(policy));
        print(out, style);
        print(
                out,
                "</style>\n</head>\n<body>\n<noscript>This report draws itself with JavaScript.");
        print(out, "</noscript>\n<div id=\"chipray\"></div>\n");
        print(out, DATA_BEGIN);
        OutputStream base64 = Base64.getEncoder().wrap(new Unclosed(out));
        try (OutputStream packed = new Gzip(base64)) {
            content.writeTo(packed);
        }
        print(out, "</script>\n<script>");
        print(out, script);
        print(out, "</script>\n</body>\n</html>\n");
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " was not built into this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /// Small writes are gathered before they are compressed.
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.DEFAULT_COMPRESSION);
        }
    }

    /// Passes everything on but the end.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
