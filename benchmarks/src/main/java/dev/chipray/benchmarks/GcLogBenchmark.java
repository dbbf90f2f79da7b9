package dev.chipray.benchmarks;

import dev.chipray.ingest.gclog.GcLogSource;
import dev.chipray.trace.AllocationReplay;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading and replaying 100 MB of log that is in memory, warmed up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GcLogBenchmark {

    private static final int MEGABYTES = 100;

    private byte[] log = {};

    @Setup
    public void growLog() throws IOException {
        Path sample =
                Path.of(
                        System.getProperty(
                                "chipray.sample", "samples/micropython-cortex-m3-gc.log.gz"));
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(sample))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream(MEGABYTES * 1_100_000);
            GrownLog.write(text, MEGABYTES * 1_000_000L, out);
            log = out.toByteArray();
        }
    }

    @Benchmark
    public int readAndReplay() throws IOException {
        AllocationReplay replay = new AllocationReplay(List.of());
        GcLogSource.of(new ByteArrayInputStream(log)).readAll(replay);
        return replay.live().count();
    }
}
