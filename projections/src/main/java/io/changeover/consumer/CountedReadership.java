package io.changeover.consumer;

import io.changeover.changeover.StillReading;
import io.changeover.serving.Readership;
import io.changeover.serving.ReadershipUnknownException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who still reads a version, by what all nodes have counted. Answers only when each node that is up has told what was read
 * through a whole interval since readers were moved; what other nodes have answered since they told it last, at most one
 * interval ago, is not known yet. Safe for use by several threads.
 */
public final class CountedReadership implements Readership {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final ReadStore store;
    private final ReadCollector collector;
    private final ConsumerCatalogue catalogue;
    private final Duration quiet;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param quiet who was not noticed for so long reads no more
     * @param patience how long to wait at most for nodes that have not told yet
     */
    public CountedReadership(
            ReadStore store,
            ReadCollector collector,
            ConsumerCatalogue catalogue,
            Duration quiet,
            Duration patience,
            Clock clock) {
        this.store = store;
        this.collector = collector;
        this.catalogue = catalogue;
        this.quiet = quiet;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public List<StillReading> stillReading(String view, int version) {
        OptionalLong shifted = store.shiftedBy(view);
        if (shifted.isEmpty()) {
            return List.of(); // nobody was moved, so nobody has stayed behind
        }
        awaitAll(view, version, shifted.getAsLong());
        collector.takeIn();
        return store.readers(view, version, shifted.getAsLong(), clock.instant().minus(quiet), name -> catalogue
                .find(name)
                .isPresent());
    }

    private void awaitAll(String view, int version, long sequence) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> untold = store.untold(view, sequence);
        while (!untold.isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            untold = store.untold(view, sequence);
        }
        if (!untold.isEmpty()) {
            throw new ReadershipUnknownException(
                    "It is not known yet who still reads version %d of view '%s', because not all nodes have told it since readers were moved last: %s; ask again in %d s, and if they still have not, look into their logs"
                            .formatted(
                                    version,
                                    view,
                                    String.join(", ", untold),
                                    collector
                                                    .options()
                                                    .interval()
                                                    .multipliedBy(2)
                                                    .toSeconds()
                                            + 1));
        }
    }
}
