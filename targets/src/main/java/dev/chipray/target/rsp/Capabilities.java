package dev.chipray.target.rsp;

import dev.chipray.target.MemoryRegion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a stub said that it can do; immutable.
///
/// @param kind         which stub it seems to be
/// @param packetSize   bytes that a packet to the stub may have
/// @param noAcks       whether packets go without acknowledgements
/// @param features     what it answered to `qSupported`, as it wrote it, without `+`; what it denied is left out
/// @param resumes      actions of `vCont`, such as `c` and `s`; empty where it does not know `vCont`
/// @param binaryWrites whether memory can be written without hexadecimal digits (`X`)
/// @param binaryReads  whether memory can be read without hexadecimal digits (`x`)
/// @param described    whether it describes its registers
/// @param memoryMap    empty where it has none
/// @param foundRunning whether the target ran when the link was opened; empty where the stub does not tell
public record Capabilities(
        StubKind kind,
        int packetSize,
        boolean noAcks,
        Map<String, String> features,
        Set<Character> resumes,
        boolean binaryWrites,
        boolean binaryReads,
        boolean described,
        List<MemoryRegion> memoryMap,
        Optional<Boolean> foundRunning) {

    public Capabilities {
        features = Map.copyOf(features);
        resumes = Set.copyOf(resumes);
        memoryMap = List.copyOf(memoryMap);
    }

    /// Whether the stub named a feature as supported.
    public boolean supports(String feature) {
        return features.containsKey(feature);
    }

    /// The requests that may be sent before their answers have been read.
    int requestsAhead() {
        return kind.requestsAhead();
    }
}
