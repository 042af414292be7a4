package io.changeover.throttle;

import io.changeover.throttle.ThrottleStatus.Signal;
import io.changeover.throttle.ThrottleStatus.Veto;
import io.changeover.throttle.ThrottleStatus.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Decides how much work is done: it grows while all signals are low, keeps still in a band below the limits, shrinks above
 * them and stops far above. Not safe for use by several threads.
 */
final class Band {

    /** The least share: a backfill that is allowed to work at all must come to an end some day. */
    static final double LEAST = 0.05;

    static final double LOW = 0.5;
    static final double STOP = 2;

    private static final int FAILURES_TO_STOP = 2;
    private static final double AIM = 0.75;
    private static final double NOTHING = 0.05;
    private static final double GROWTH = 1.25;
    private static final double FAST_GROWTH = 2;
    private static final double LEAST_CUT = 0.5;
    private static final double GREATEST_CUT = 0.2;
    /** What a cut has changed shows in most signals after this time. Shrinking again before would be for the same fault. */
    private static final long EFFECT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, String> vetoes = new LinkedHashMap<>();
    private List<Signal> signals = List.of();
    private double share;
    private boolean cut;
    private long cutAt;
    private long shrinks;
    private long stops;

    /** @param share what to begin with */
    Band(double share) {
        this.share = share;
    }

    double share() {
        return share;
    }

    List<Signal> signals() {
        return signals;
    }

    List<Veto> vetoes() {
        return vetoes.entrySet().stream()
                .map(veto -> new Veto(veto.getKey(), veto.getValue()))
                .toList();
    }

    long shrinks() {
        return shrinks;
    }

    long stops() {
        return stops;
    }

    /** Forgets all decisions: the next work begins at the given share. */
    void reset(double begin) {
        failures.clear();
        vetoes.clear();
        share = begin;
        cut = false;
    }

    /** Shows what was heard without deciding anything. */
    void show(List<Heard> heard) {
        signals = heard.stream().map(this::shown).toList();
    }

    /**
     * Decides once.
     *
     * @param most greatest share
     * @param present workers that are there; a share above it changes nothing, so shrinking begins there
     * @return whether the share has changed or work stops or goes on
     */
    boolean decide(List<Heard> heard, double most, int present, long now) {
        boolean wasStopped = !vetoes.isEmpty();
        double before = share;
        share = Math.min(share, most);
        double worst = 0;
        boolean decided = true;
        List<Signal> shown = new ArrayList<>();
        for (Heard each : heard) {
            shown.add(listen(each));
            double load = each.reading() == null ? Double.NaN : each.reading().load();
            decided &= !Double.isNaN(load);
            worst = Double.isNaN(load) ? worst : Math.max(worst, load);
        }
        vetoes.keySet()
                .removeIf(name -> heard.stream().noneMatch(each -> each.name().equals(name)));
        signals = List.copyOf(shown);
        boolean stopped = !vetoes.isEmpty();
        if (stopped && !wasStopped) {
            stops++;
            shrink(factor(worst), present, now);
        } else if (!stopped && worst > 1 && !(cut && now - cutAt < EFFECT_NANOS)) {
            shrinks++;
            shrink(factor(worst), present, now);
        } else if (!stopped && !wasStopped && decided && worst <= LOW) {
            share = Math.min(most, share * (worst < NOTHING ? FAST_GROWTH : GROWTH));
        }
        return share != before || stopped != wasStopped;
    }

    /** What a signal shows mostly follows the share, so this leads into the band at once; but never by much on one look. */
    private static double factor(double worst) {
        return Math.max(GREATEST_CUT, Math.min(LEAST_CUT, AIM / Math.max(1, worst)));
    }

    private void shrink(double factor, int present, long now) {
        share = Math.max(LEAST, Math.min(share, Math.max(1, present)) * factor);
        cut = true;
        cutAt = now;
    }

    private Signal listen(Heard heard) {
        String name = heard.name();
        SignalReading reading = heard.reading();
        if (reading == null) {
            int count = failures.merge(name, 1, Integer::sum);
            if (count >= FAILURES_TO_STOP) {
                vetoes.put(
                        name,
                        "cannot be read: %s; work goes on when it can be again"
                                .formatted(Objects.requireNonNull(heard.failure())));
            }
        } else {
            failures.remove(name);
            double load = reading.load();
            if (load > STOP || (vetoes.containsKey(name) && !(load <= LOW))) {
                vetoes.put(name, reason(reading));
            } else {
                vetoes.remove(name);
            }
        }
        return shown(heard);
    }

    private Signal shown(Heard heard) {
        SignalReading reading = heard.reading();
        boolean vetoed = vetoes.containsKey(heard.name());
        if (reading == null) {
            return new Signal(
                    heard.name(),
                    vetoed ? Wish.STOP : Wish.KEEP,
                    null,
                    null,
                    "",
                    Objects.requireNonNull(heard.failure()));
        }
        Wish wish = vetoed || reading.load() > STOP
                ? Wish.STOP
                : reading.load() > 1 ? Wish.SHRINK : reading.load() <= LOW ? Wish.GROW : Wish.KEEP;
        return new Signal(
                heard.name(),
                wish,
                rounded(reading.value()),
                reading.limit() > 0 ? rounded(reading.limit()) : null,
                reading.unit(),
                reading.text());
    }

    private static String reason(SignalReading reading) {
        return "%s, far above the limit of %s %s; work goes on when it is well below"
                .formatted(reading.text(), Figures.plain(reading.limit()), reading.unit());
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
