package io.changeover.simulation;

import io.changeover.event.StoredEvent;
import io.changeover.stream.HistoryOutline;
import io.changeover.stream.HistoryOutline.Block;
import io.changeover.stream.OrderedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Pieces of history that are spread evenly over the events that are wanted. */
final class Stretches {

    /** A piece: the positions from the one after {@code after} to {@code upTo}, of which at most some events are taken. */
    record Stretch(long after, long upTo, int events) {}

    private final List<Stretch> stretches;

    private Stretches(List<Stretch> stretches) {
        this.stretches = List.copyOf(stretches);
    }

    /** All of history where it has no more events than the sample. */
    static Stretches of(HistoryOutline outline, SimulationOptions options) {
        long all = outline.events();
        List<Block> blocks = outline.blocks();
        if (all == 0) {
            return new Stretches(List.of());
        }
        if (all <= options.sample()) {
            return new Stretches(List.of(new Stretch(
                    blocks.get(0).first() - 1, blocks.get(blocks.size() - 1).last(), (int) all)));
        }
        int count = Math.min(options.stretches(), options.sample());
        int each = options.sample() / count;
        List<Stretch> chosen = new ArrayList<>();
        int index = 0;
        long before = 0; // events in the blocks before the index
        for (int number = 0; number < count; number++) {
            long begin = number * all / count;
            while (index < blocks.size() - 1 && before + blocks.get(index).events() <= begin) {
                before += blocks.get(index++).events();
            }
            Block block = blocks.get(index);
            long width = block.last() - block.first() + 1;
            long after = block.first() - 1 + (begin - before) * width / block.events();
            int last = index;
            long found = block.events() - Math.max(0, begin - before);
            while (found < each && last < blocks.size() - 1) {
                found += blocks.get(++last).events();
            }
            chosen.add(new Stretch(after, blocks.get(last).last(), each));
        }
        return new Stretches(chosen);
    }

    List<Stretch> all() {
        return stretches;
    }

    /** Reads them; no event comes twice. */
    List<List<StoredEvent>> read(OrderedStream stream, Set<String> names) {
        List<List<StoredEvent>> read = new ArrayList<>();
        long last = 0;
        for (Stretch stretch : stretches) {
            List<StoredEvent> events = new ArrayList<>();
            long after = Math.max(last, stretch.after());
            try {
                stream.history(after, stretch.upTo(), names, event -> {
                    if (events.size() == stretch.events()) {
                        throw new Enough();
                    }
                    events.add(event);
                });
            } catch (Enough e) {
                // the rest of the blocks is not wanted
            }
            if (!events.isEmpty()) {
                last = events.get(events.size() - 1).position();
                read.add(events);
            }
        }
        return read;
    }

    /**
     * Reads them to the end of their blocks, as a backfill does, which reads far more by one statement than a sample keeps.
     *
     * @return how many events that were
     */
    long pass(OrderedStream stream, Set<String> names) {
        AtomicLong passed = new AtomicLong();
        for (Stretch stretch : stretches) {
            stream.history(stretch.after(), stretch.upTo(), names, event -> passed.incrementAndGet());
        }
        return passed.get();
    }

    private static final class Enough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Enough() {
            super("enough", null, false, false);
        }
    }
}
