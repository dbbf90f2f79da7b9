package dev.chipray.analysis;

import dev.chipray.analysis.internal.Text;
import java.io.IOException;

/// Prints a [CallTree] in the shape that CircuitPython's GC activity script made familiar.
///
/// Lines end with `\n`. Control characters of the trace's names print escaped.
///
/// @param unit  the word after each number: `blocks`, `bytes`, `allocations`
/// @param scale what one unit of weight prints as, such as the bytes of a block
public record CallTreeText(String unit, long scale) {

    public static final CallTreeText BLOCKS = new CallTreeText("blocks", 1);

    /// Sizes in bytes.
    ///
    /// @param blockSize bytes of a unit of weight
    public static CallTreeText bytes(long blockSize) {
        return new CallTreeText("bytes", blockSize);
    }

    /// Prints a line for each node, the outermost level without indent and level n by 2n-1 spaces, then the total.
    public void write(CallTree tree, Appendable out) throws IOException {
        for (int node = tree.following(CallTree.ROOT);
                node != CallTree.NONE;
                node = tree.following(node)) {
            int level = tree.level(node);
            if (level > 0) {
                out.append(" ".repeat(2 * level - 1));
            }
            out.append(Text.printable(tree.location(node)))
                    .append(' ')
                    .append(Text.printable(tree.function(node)))
                    .append(' ')
                    .append(Long.toString(Text.scaled(tree.weight(node), scale)))
                    .append(' ')
                    .append(unit)
                    .append('\n');
        }
        out.append(Long.toString(Text.scaled(tree.total(), scale)))
                .append(" total ")
                .append(unit)
                .append('\n');
    }
}
