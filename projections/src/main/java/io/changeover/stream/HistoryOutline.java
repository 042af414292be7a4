package io.changeover.stream;

import java.util.List;

/**
 * Where in a part of history the events lie that a reader wants.
 *
 * @param after position after which the part begins
 * @param upTo its last position
 * @param blocks the pieces of it that hold any such event, in order
 */
public record HistoryOutline(long after, long upTo, List<Block> blocks) {

    /**
     * A piece of history.
     *
     * @param first its first position
     * @param last its last position
     * @param events how many wanted events it holds, at least 1
     */
    public record Block(long first, long last, long events) {}

    /** A gap up to this size is cheaper to run over than to leave out by a statement of its own. */
    private static final long SMALL_GAP = 4_096;

    /** An outline with blocks of its own. */
    public HistoryOutline {
        blocks = List.copyOf(blocks);
    }

    /** Number of wanted events, exactly. */
    public long events() {
        return blocks.stream().mapToLong(Block::events).sum();
    }

    /**
     * The end of the stretch to read at once that begins with a block: neighbouring blocks together, up to a number of
     * positions and of events. What lies between two stretches holds nothing wanted.
     *
     * @param index index of the first block
     * @param positions greatest number of positions of a stretch of several blocks
     * @param events number of events from which on a stretch takes no further block
     * @return index of the last block
     */
    public int stretch(int index, long positions, long events) {
        int last = index;
        long taken = blocks.get(index).events();
        while (last + 1 < blocks.size()
                && taken < events
                && blocks.get(last + 1).first() - blocks.get(last).last() <= SMALL_GAP
                && blocks.get(last + 1).last() - blocks.get(index).first() < positions) {
            last++;
            taken += blocks.get(last).events();
        }
        return last;
    }
}
