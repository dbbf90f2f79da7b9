package dev.chipray.target.rsp;

import java.nio.charset.StandardCharsets;

/// The stub's own commands, `monitor …` in gdb. Stateless.
final class Monitor {

    private static final int MOST_LINES = 10_000;

    private Monitor() {}

    /// What the command printed; empty also where the stub does not know it.
    static String run(RspExchange exchange, String command) {
        byte[] answer =
                exchange.request("qRcmd," + Packets.hex(command.getBytes(StandardCharsets.UTF_8)));
        StringBuilder said = new StringBuilder();
        for (int line = 0; line < MOST_LINES; line++) {
            if (answer.length <= 2 || answer[0] != 'O') {
                boolean isText = answer.length > 0 && answer[0] != 'E' && !Packets.isOk(answer);
                return isText ? said + Packets.unhexText(answer, 0) : said.toString();
            }
            said.append(Packets.unhexText(answer, 1));
            answer = exchange.answer();
        }
        return said.toString();
    }
}
