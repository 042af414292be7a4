package io.changeover.meter;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures that were read last. Reading and looking are apart: who looks never waits, and sees nothing rather than what
 * is too old to say anything about now. Safe for use by several threads.
 */
public final class FiguresSample {

    private static final Logger LOG = LoggerFactory.getLogger(FiguresSample.class);

    private final Supplier<StoreFigures> reader;
    private final LongSupplier clock;
    private final long goodFor;
    private volatile @Nullable Taken taken;
    private boolean failing;

    private record Taken(StoreFigures figures, long at) {}

    /**
     * @param reader reads the figures; may fail and may hang
     * @param options for how long a reading counts: three of its intervals
     * @param clock nanoseconds that only ever grow
     */
    public FiguresSample(Supplier<StoreFigures> reader, StoreFiguresOptions options, LongSupplier clock) {
        this.reader = reader;
        this.clock = clock;
        this.goodFor = options.interval()
                .multipliedBy(StoreFiguresOptions.GOOD_FOR_INTERVALS)
                .toNanos();
    }

    /** Reads the figures anew. When that fails it is logged once, and those read before count until they are too old. */
    public synchronized void refresh() {
        long begun = clock.getAsLong();
        try {
            taken = new Taken(reader.get(), begun);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn(
                        "Meters of the store show nothing, as it could not be read; they come back by themselves once it can. See to this node's database",
                        e);
            }
            failing = true;
        }
    }

    /** The figures, or empty when they are too old or were never read. */
    public Optional<StoreFigures> latest() {
        Taken now = taken;
        return now == null || clock.getAsLong() - now.at() > goodFor ? Optional.empty() : Optional.of(now.figures());
    }

    /** Seconds since the figures were read last, however old they are; not a number before the first time. */
    public double age() {
        Taken now = taken;
        return now == null ? Double.NaN : (clock.getAsLong() - now.at()) / 1e9;
    }
}
