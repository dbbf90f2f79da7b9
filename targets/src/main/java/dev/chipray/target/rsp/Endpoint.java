package dev.chipray.target.rsp;

import dev.chipray.target.TargetException;
import dev.chipray.target.TargetException.Trouble;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Where a stub is: `HOST:PORT`, `tcp:HOST:PORT`, `unix:PATH`, `serial:DEVICE[@BAUD]`, `exec:COMMAND`, or the name of a
/// server at its usual port on this machine (`openocd`, `jlink`, `qemu`).
public sealed interface Endpoint {

    record Tcp(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    record Unix(String path) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    record Serial(String device, int baud) implements Endpoint {
        @Override
        public String toString() {
            return "serial:" + device + "@" + baud;
        }
    }

    record Exec(String command) implements Endpoint {
        @Override
        public String toString() {
            return "exec:" + command;
        }
    }

    int DEFAULT_BAUD = 115_200;

    /// @throws IllegalArgumentException with a line for the user, where `text` is none of those
    static Endpoint parse(String text) {
        Integer known =
                Map.of("openocd", 3333, "jlink", 2331, "qemu", 1234)
                        .get(text.toLowerCase(Locale.ROOT));
        if (known != null) {
            return new Tcp("localhost", known);
        }
        if (text.startsWith("unix:") && text.length() > 5) {
            return new Unix(text.substring(5));
        }
        if (text.startsWith("exec:") && text.length() > 5) {
            return new Exec(text.substring(5));
        }
        if (text.startsWith("serial:") && text.length() > 7) {
            return serial(text.substring(7));
        }
        return tcp(text, text.startsWith("tcp:") ? text.substring(4) : text);
    }

    private static Endpoint serial(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return new Serial(text, DEFAULT_BAUD);
        }
        return new Serial(text.substring(0, at), number(text, text.substring(at + 1), 50_000_000));
    }

    private static Endpoint tcp(String whole, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'"
                            + whole
                            + "' is no endpoint; write HOST:PORT, unix:PATH, serial:DEVICE@BAUD, exec:COMMAND,"
                            + " openocd, jlink or qemu");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Tcp(
                host.isEmpty() ? "localhost" : host,
                number(whole, text.substring(colon + 1), 65_535));
    }

    private static int number(String whole, String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'" + text + "' in '" + whole + "' is no number from 1 to " + most);
    }

    /// Opens it.
    ///
    /// @throws TargetException where that fails, with what would help
    default Transport open() {
        try {
            return switch (this) {
                case Tcp(String host, int port) -> SocketTransport.tcp(host, port);
                case Unix(String path) -> SocketTransport.unix(path);
                case Serial(String device, int baud) -> openSerial(device, baud);
                case Exec(String command) -> openCommand(command);
            };
        } catch (IOException e) {
            throw new TargetException(
                    Trouble.LINK,
                    "%s cannot be reached: %s; is the debug server running there?"
                            .formatted(this, e.getMessage()),
                    e);
        }
    }

    /// A serial port is a file whose settings `stty` makes; no native library is needed for that.
    private static Transport openSerial(String device, int baud) throws IOException {
        Process settings =
                new ProcessBuilder(
                                "stty",
                                System.getProperty("os.name").startsWith("Mac") ? "-f" : "-F",
                                device,
                                Integer.toString(baud),
                                "raw",
                                "-echo",
                                "clocal",
                                "-hupcl")
                        .redirectErrorStream(true)
                        .start();
        try {
            String said =
                    new String(settings.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (!settings.waitFor(5, TimeUnit.SECONDS) || settings.exitValue() != 0) {
                settings.destroyForcibly();
                throw new IOException(said.isEmpty() ? "stty failed" : said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        FileOutputStream output = new FileOutputStream(device);
        try {
            return new StreamTransport(
                    new FileInputStream(device),
                    output,
                    () -> {},
                    device + " at " + baud + " baud");
        } catch (IOException e) {
            output.close();
            throw e;
        }
    }

    private static Transport openCommand(String command) throws IOException {
        Process process =
                new ProcessBuilder("sh", "-c", "exec " + command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new StreamTransport(
                process.getInputStream(),
                process.getOutputStream(),
                () -> {
                    try {
                        if (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                            process.destroy();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        process.destroy();
                    }
                },
                command);
    }
}
