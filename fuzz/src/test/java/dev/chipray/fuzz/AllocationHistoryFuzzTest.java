package dev.chipray.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chipray.ingest.history.AllocationHistorySource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Histories of any bytes, and of entries whose every field the bytes choose.
class AllocationHistoryFuzzTest {

    private static final String[] CAUSES = {"", "free", "sweep", "realloc", "other"};

    @FuzzTest(maxDuration = "5m")
    void anyBytesGiveEventsOrAnInputException(byte[] bytes) throws IOException {
        read(bytes);
        read(entries(ByteBuffer.wrap(bytes)).getBytes(StandardCharsets.UTF_8));
    }

    private static void read(byte[] json) throws IOException {
        SourceChecks.read(AllocationHistorySource.of(new ByteArrayInputStream(json)));
    }

    private static String entries(ByteBuffer bytes) {
        StringBuilder json = new StringBuilder("[");
        while (bytes.remaining() >= 5) {
            json.append(json.length() > 1 ? "," : "");
            json.append("{\"start_block\":").append(bytes.get() & 31);
            json.append(",\"size\":").append(bytes.get() & 7);
            int start = bytes.get();
            json.append(",\"start_time\":").append(start);
            json.append(",\"end_time\":").append(start + bytes.get());
            int cause = bytes.get() & 15;
            json.append(",\"start_trace\":[[\"0x1\",\"a.c:").append(cause).append("\",\"f\"]]");
            json.append(",\"implied\":").append(cause > 7);
            json.append(",\"end_cause\":\"").append(CAUSES[cause % CAUSES.length]).append("\"}");
        }
        return json.append("]").toString();
    }
}
