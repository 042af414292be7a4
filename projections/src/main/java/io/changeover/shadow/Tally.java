package io.changeover.shadow;

import io.changeover.shadow.Sample.Pair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was counted and found since it was last written down. Safe for use by several threads. */
final class Tally {

    /** A call that was looked at exactly whatever it had answered. */
    static final String FLOOR = "floor";

    /** One of these in which the serving version contradicted itself. */
    static final String FLOOR_NOISE = "floor-noise";

    /** What comes before the kind of a difference. */
    static final String KIND = "kind:";

    /** Under what calls are counted. */
    record Counted(Pair pair, String outcome) {}

    /** A difference and what it belongs to. */
    record Found(Pair pair, ShadowDifference difference) {}

    private final int kept;
    private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Deque<Found>> found = new HashMap<>();

    /** @param kept differences of a view that wait to be written; older ones give way, as they would there */
    Tally(int kept) {
        this.kept = kept;
    }

    void count(Pair pair, String outcome) {
        add(new Counted(pair, outcome), 1);
    }

    /** Counts again what could not be written. */
    void add(Counted counted, long calls) {
        counts.computeIfAbsent(counted, first -> new LongAdder()).add(calls);
    }

    synchronized void keep(Pair pair, ShadowDifference difference) {
        Deque<Found> ofView = found.computeIfAbsent(pair.view(), first -> new ArrayDeque<>());
        ofView.addLast(new Found(pair, difference));
        if (ofView.size() > kept) {
            ofView.removeFirst();
        }
    }

    /** Takes what was counted; whoever takes it writes it, or counts it again. */
    Map<Counted, Long> takeCounts() {
        Map<Counted, Long> taken = new HashMap<>();
        counts.forEach((counted, calls) -> {
            long sum = calls.sumThenReset();
            if (sum > 0) {
                taken.put(counted, sum);
            }
        });
        return taken;
    }

    /** Takes what was found. */
    synchronized List<Found> takeFound() {
        List<Found> taken = new ArrayList<>();
        found.values().forEach(taken::addAll);
        found.clear();
        return taken;
    }

    /** Puts back what could not be written, before what was found since. */
    synchronized void putBack(List<Found> taken) {
        List<Found> since = takeFound();
        taken.forEach(each -> keep(each.pair(), each.difference()));
        since.forEach(each -> keep(each.pair(), each.difference()));
    }
}
