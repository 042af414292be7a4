package io.changeover.projections.autoconfigure;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.ParityFigures;
import io.changeover.changeover.Phase;
import io.changeover.meter.PhaseTimes;
import io.changeover.projections.autoconfigure.FollowingGauge.Series;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Meters of changeovers, by the decisions that this node routes by: the same on every node as soon as it has acknowledged
 * them, and good while the database is away. Tags are views, versions, phases and verdicts.
 */
final class ChangeoverMeters implements MeterBinder {

    private final Versions versions;
    private final Router router;
    private final PhaseTimes times;
    private final Clock clock;
    private final List<FollowingGauge> gauges;

    ChangeoverMeters(Versions versions, Router router, PhaseTimes times, Clock clock) {
        this.versions = versions;
        this.router = router;
        this.times = times;
        this.clock = clock;
        this.gauges = List.of(
                new FollowingGauge(
                        "changeover.phase",
                        MeterScope.STORE,
                        "1 for the phase in which the view's latest changeover is",
                        null,
                        () -> latest(
                                attempt -> attempt.phase().text(),
                                "phase",
                                (attempt, phase) -> attempt.phase().text().equals(phase) ? 1 : 0)),
                new FollowingGauge(
                        "changeover.phase.age",
                        MeterScope.STORE,
                        "Time that the view's open changeover has been in its phase, at its share of readers",
                        "seconds",
                        () -> open(attempt -> seconds(attempt.course().phaseSince()))),
                new FollowingGauge(
                        "changeover.phase.duration",
                        MeterScope.STORE,
                        "Time that the view's latest changeover has been in the phase, all stays added",
                        "seconds",
                        this::durations),
                new FollowingGauge(
                        "changeover.halted",
                        MeterScope.STORE,
                        "1 while the view's open changeover is paused or has failed, so that nothing moves forward, else 0",
                        null,
                        () -> open(attempt -> attempt.course().halt() == null ? 0 : 1)),
                new FollowingGauge(
                        "changeover.serving",
                        MeterScope.STORE,
                        "Share of the view's readers that the version serves, of those who are not pinned",
                        "percent",
                        this::serving),
                new FollowingGauge(
                        "changeover.parity.verdict",
                        MeterScope.STORE,
                        "1 for what the last comparison of the view's latest changeover found",
                        null,
                        () -> latest(
                                ChangeoverMeters::verdict,
                                "verdict",
                                (attempt, verdict) -> verdict.equals(verdict(attempt)) ? 1 : 0)),
                new FollowingGauge(
                        "changeover.parity.differences",
                        MeterScope.STORE,
                        "Rows that differ, are missing or are extra by the last comparison of the view's open changeover",
                        "rows",
                        () -> open(attempt -> attempt.parity() == null
                                ? Double.NaN
                                : attempt.parity().differences())),
                new FollowingGauge(
                        "changeover.parity.recorded.age",
                        MeterScope.STORE,
                        "Time since the last comparison of the view's open changeover was recorded",
                        "seconds",
                        () -> open(attempt -> seconds(attempt.parityAt()))));
    }

    private interface Value {
        double of(Attempt attempt);
    }

    private interface ValueByTag {
        double of(Attempt attempt, String tag);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauges.forEach(gauge -> gauge.bindTo(registry));
    }

    /** Takes note of what was decided. */
    void refresh() {
        try {
            versions.views().forEach(times::refresh);
        } finally { // this node knows the phases also while the store, which has the times, is away
            gauges.forEach(FollowingGauge::refresh);
        }
    }

    private Stream<String> views() {
        return versions.views().stream();
    }

    private @Nullable Attempt latest(String view) {
        return router.state(view).map(ChangeoverState::latest).orElse(null);
    }

    private @Nullable Attempt open(String view) {
        return router.state(view).map(ChangeoverState::open).orElse(null);
    }

    private Stream<Series> open(Value value) {
        return views().filter(view -> open(view) != null)
                .map(view -> new Series(Tags.of("view", view), () -> {
                    Attempt attempt = open(view);
                    return attempt == null ? Double.NaN : value.of(attempt);
                }));
    }

    private Stream<Series> latest(Function<Attempt, @Nullable String> which, String key, ValueByTag value) {
        return views().flatMap(view -> {
            Attempt attempt = latest(view);
            String tag = attempt == null ? null : which.apply(attempt);
            return tag == null
                    ? Stream.empty()
                    : Stream.of(new Series(Tags.of("view", view, key, tag), () -> {
                        Attempt now = latest(view);
                        return now == null ? Double.NaN : value.of(now, tag);
                    }));
        });
    }

    private static @Nullable String verdict(Attempt attempt) {
        ParityFigures parity = attempt.parity();
        return parity == null ? null : parity.verdict().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Stream<Series> durations() {
        return views().flatMap(view -> times.of(view).keySet().stream()
                .map(phase -> new Series(Tags.of("view", view, "phase", phase.text()), () -> duration(view, phase))));
    }

    private double duration(String view, Phase phase) {
        Duration duration = times.of(view).get(phase);
        return duration == null ? Double.NaN : duration.toMillis() / 1e3;
    }

    private Stream<Series> serving() {
        return views().flatMap(view -> router.state(view).stream()
                .flatMap(state -> {
                    Attempt open = state.open();
                    return open == null ? Stream.of(state.serving()) : Stream.of(open.from(), open.to());
                })
                .map(version -> new Series(
                        Tags.of("view", view, "version", Integer.toString(version)), () -> share(view, version))));
    }

    private double share(String view, int version) {
        ChangeoverState state = router.state(view).orElse(null);
        if (state == null) {
            return Double.NaN;
        }
        Attempt open = state.open();
        if (open == null) {
            return state.serving() == version ? 100 : 0;
        }
        return version == open.to() ? open.percent() : version == open.from() ? 100 - open.percent() : 0;
    }

    private double seconds(@Nullable Instant since) {
        return since == null
                ? Double.NaN
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1e3);
    }
}
