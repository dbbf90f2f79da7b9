package dev.chipray.ingest.gclog;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Parses the pieces of a log on several threads; the calling thread reads them and puts them together in order.
///
/// Holds a few pieces at a time. A log of one piece starts no thread. No thread outlives [#run].
final class PiecePipeline {

    /// More threads than this wait for the one that puts the pieces together.
    private static final int MAX_THREADS = 4;

    private record Parsed(Piece piece, PieceParser parser, PieceEvents events) {}

    private final LogPieces pieces;
    private final PieceMerger merger;
    private final ThreadLocal<PieceParser> parsers = ThreadLocal.withInitial(PieceParser::new);

    private final ArrayDeque<Future<Parsed>> parsing = new ArrayDeque<>();

    PiecePipeline(LogPieces pieces, PieceMerger merger) {
        this.pieces = pieces;
        this.merger = merger;
    }

    void run() throws IOException {
        Piece first = pieces.read(new Piece(0));
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
        if (first.last || threads == 1) {
            runHere(first);
            return;
        }
        // Each thread takes pieces in the order of the log, so its parser meets them in that order.
        ExecutorService executor =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("gc-log-", 0).factory());
        try {
            run(executor, first, threads * 2);
        } finally {
            executor.shutdownNow();
            executor.close();
        }
    }

    private void runHere(Piece first) throws IOException {
        PieceParser parser = new PieceParser();
        Piece piece = first;
        while (merger.add(parser, parser.parse(piece)) && !piece.last) {
            piece = pieces.read(piece);
        }
    }

    private void run(ExecutorService executor, Piece first, int most) throws IOException {
        Piece next = first;
        boolean more = true;
        while (more || !parsing.isEmpty()) {
            if (more) {
                Piece piece = next;
                parsing.add(executor.submit(() -> parse(piece)));
                more = !piece.last;
                if (more && parsing.size() < most) {
                    next = pieces.read(new Piece(0));
                    continue;
                }
            }
            Parsed parsed = await(parsing.remove());
            if (!merger.add(parsed.parser, parsed.events)) {
                return;
            }
            if (more) {
                next = pieces.read(parsed.piece);
            }
        }
    }

    private Parsed parse(Piece piece) {
        PieceParser parser = parsers.get();
        return new Parsed(piece, parser, parser.parse(piece));
    }

    private static Parsed await(Future<Parsed> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
