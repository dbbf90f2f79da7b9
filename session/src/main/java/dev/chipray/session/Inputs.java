package dev.chipray.session;

import dev.chipray.ingest.Format;
import dev.chipray.ingest.Formats;
import dev.chipray.trace.AllocationSource;
import dev.chipray.trace.InputException;
import dev.chipray.trace.UnsupportedInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/// Opens what the user named; the one place where failures get the input's name and words that a user knows.
final class Inputs {

    /// Work that may fail with the input.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    private Inputs() {}

    static AllocationSource open(InputRequest request) throws IOException {
        return withName(request, () -> recognise(request));
    }

    private static AllocationSource recognise(InputRequest request) throws IOException {
        Optional<Format> format = request.format().map(Inputs::format);
        if (request.isStandardInput()) {
            return format.isPresent()
                    ? Formats.open(System.in, format.get())
                    : Formats.open(System.in);
        }
        Path file = Path.of(request.path());
        if (Files.isDirectory(file)) {
            throw new InputFailedException(request.name(), "is a folder; name a file in it", null);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe or a device is read once, from its beginning.
            InputStream stream = Files.newInputStream(file);
            return format.isPresent() ? Formats.open(stream, format.get()) : Formats.open(stream);
        }
        return format.isPresent() ? Formats.open(file, format.get()) : Formats.open(file);
    }

    private static Format format(String id) {
        return Format.withId(id)
                .orElseThrow(() ->
                        new UnsupportedInputException(
                                "no format is called '" + id + "'",
                                "the formats are "
                                        + Arrays.stream(Format.values())
                                                .map(Format::id)
                                                .collect(Collectors.joining(", "))));
    }

    static <T> T withName(InputRequest request, Work<T> work) throws IOException {
        String name = request.name();
        try {
            return work.run();
        } catch (InputFailedException e) {
            throw e;
        } catch (UncheckedIOException e) {
            // What follows the input could not write; that is no fault of the input.
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (InputException e) {
            throw new InputFailedException(name, String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new InputFailedException(name, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new InputFailedException(name, "may not be read", e);
        } catch (EOFException | ZipException e) {
            throw new InputFailedException(
                    name, "the compressed file is damaged or cut: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InputFailedException(name, String.valueOf(e.getMessage()), e);
        }
    }
}
