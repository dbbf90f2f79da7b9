package dev.chipray.target.rsp;

import java.util.ArrayList;
import java.util.List;

/// Lists a target's threads: `qfThreadInfo`, then `qsThreadInfo` until the stub says `l`. Stateless.
final class Threads {

    private static final int MOST = 4096;

    private Threads() {}

    static List<String> list(RspExchange exchange) {
        List<String> threads = new ArrayList<>();
        byte[] answer = exchange.request("qfThreadInfo");
        while (answer.length > 1 && answer[0] == 'm' && threads.size() < MOST) {
            threads.addAll(List.of(Packets.text(answer).substring(1).split(",", -1)));
            answer = exchange.request("qsThreadInfo");
        }
        return threads.isEmpty() ? List.of("1") : List.copyOf(threads);
    }
}
