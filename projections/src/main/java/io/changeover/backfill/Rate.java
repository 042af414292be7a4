package io.changeover.backfill;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** How fast something grows, over the last seconds. Safe for use by several threads. */
final class Rate {

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final long STEP_NANOS = 200_000_000L;

    private record Sample(long nanos, long count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** The count at a moment. */
    synchronized void sample(long nanos, long count) {
        Sample last = samples.peekLast();
        if (last == null || nanos - last.nanos >= STEP_NANOS) {
            samples.addLast(new Sample(nanos, count));
            while (nanos - samples.getFirst().nanos > WINDOW_NANOS) {
                samples.removeFirst();
            }
        }
    }

    /** Forgets what was, as after a pause. */
    synchronized void clear() {
        samples.clear();
    }

    /** Growth in a second; 0 while it is unknown. */
    double perSecond() {
        return perSecond(WINDOW_NANOS);
    }

    /** Growth in a second over the last part of the window only; 0 while it is unknown. */
    synchronized double perSecond(long nanos) {
        Sample last = samples.peekLast();
        if (last == null) {
            return 0;
        }
        Sample first = last;
        for (Iterator<Sample> each = samples.descendingIterator();
                each.hasNext() && last.nanos - first.nanos < nanos; ) {
            first = each.next();
        }
        return last.nanos == first.nanos ? 0 : (last.count - first.count) * 1e9 / (last.nanos - first.nanos);
    }
}
