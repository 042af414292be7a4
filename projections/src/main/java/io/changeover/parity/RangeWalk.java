package io.changeover.parity;

import io.changeover.parity.ParityReport.Verdict;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;

/** Compares range by range; see {@link ParityWalk}. */
final class RangeWalk implements ParityWalk {

    /** Part of the longest time of a snapshot that a range is made for. */
    private static final int MARGIN = 3;

    /** Rows that differ are kept back until there are so many: until then a range can be begun anew unnoticed. */
    private static final int KEPT_BACK = 2_000;

    private static final String TIMEOUT = "57014";

    private final Comparing comparing;
    private ParityProgress progress;
    private @Nullable RangeComparison way;
    private long rangeRows;
    private boolean estimateIsRight = true;
    /** Rows that there are, also as an attempt has learnt that failed. */
    private long there;

    private Duration rest = Duration.ZERO;

    RangeWalk(Comparing comparing, @Nullable ParityProgress from, Clock clock) {
        this.comparing = comparing;
        this.rangeRows = comparing.options().rangeRows();
        this.progress = from != null
                ? from
                : new ParityProgress(
                        null,
                        false,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Map.of(),
                        0,
                        0,
                        0,
                        null,
                        List.of(),
                        0,
                        Duration.ZERO,
                        "",
                        clock.instant(),
                        Duration.ZERO);
    }

    @Override
    public ParityProgress progress() {
        return progress;
    }

    @Override
    public boolean advance(Consumer<DifferingRow> found) {
        if (progress.done()) {
            return false;
        }
        long begun = System.nanoTime();
        // Here and not after a range, whose findings are to be kept at once.
        comparing.pause(rest);
        while (true) {
            Emission emission = new Emission(found);
            try {
                Attempt attempt = new Attempt(emission);
                attempt.run();
                emission.flush();
                progress = attempt.progress(Duration.ofNanos(System.nanoTime() - begun));
                rest = attempt.rest();
                return true;
            } catch (SQLException e) {
                learnFrom(e, emission);
            } catch (DataAccessException e) {
                if (e.getRootCause() instanceof SQLException cause) {
                    learnFrom(cause, emission);
                } else {
                    throw e;
                }
            }
        }
    }

    /** Goes on another way where one is left; throws where none is, or where rows of the range were passed on already. */
    private void learnFrom(SQLException e, Emission emission) {
        String state = String.valueOf(e.getSQLState());
        if (state.equals(TIMEOUT)) {
            if (rangeRows <= ParityOptions.LEAST_RANGE) {
                throw new QueryTimeoutException(
                        "%,d rows of '%s' and '%s' cannot be compared within the %s for which a snapshot may be held; raise 'changeover.parity.snapshot-limit'"
                                .formatted(
                                        rangeRows,
                                        comparing.left().version().id(),
                                        comparing.right().version().id(),
                                        comparing.options().snapshotLimit()),
                        e);
            }
            rangeRows = Math.max(ParityOptions.LEAST_RANGE, (there > 0 ? Math.min(rangeRows, there) : rangeRows) / 2);
            estimateIsRight = false;
        } else if ((way == null || way instanceof InDatabase) && (state.startsWith("22") || state.startsWith("42"))) {
            way = comparing
                    .planner()
                    .outside("the database cannot evaluate the declared canonical forms: " + e.getMessage());
        } else {
            throw comparing.failure(e);
        }
        if (emission.begun()) {
            throw new QueryTimeoutException(
                    "A range could not be compared as it was begun and has to be compared again; make the same call again",
                    e);
        }
    }

    @Override
    public ParityReport report() {
        Findings findings = Findings.of(progress);
        String left = comparing.left().version().id().toString();
        String right = comparing.right().version().id().toString();
        boolean open =
                !progress.done() || progress.inFlight() > 0 || progress.parked() > 0 || progress.incomparable() != null;
        Verdict verdict = !findings.clean() ? Verdict.DIFFERENT : open ? Verdict.NOT_COMPARABLE : Verdict.EQUAL;
        return new ParityReport(
                left,
                right,
                progress.leftPosition(),
                progress.rightPosition(),
                progress.rowsCompared(),
                progress.equal(),
                progress.inFlight(),
                progress.settled(),
                progress.parked(),
                progress.missing(),
                progress.extra(),
                progress.different(),
                progress.differencesByField(),
                progress.samples(),
                progress.plan(),
                comparing.left().version().canonical().equality().rules(),
                progress.ranges(),
                progress.longestSnapshot(),
                progress.startedAt(),
                progress.worked(),
                verdict,
                reason(verdict, left, right));
    }

    private String reason(Verdict verdict, String left, String right) {
        return switch (verdict) {
            case EQUAL -> "all %d rows were compared and are equal".formatted(progress.rowsCompared());
            case DIFFERENT ->
                "%d rows differ, %d are only in %s, %d are only in %s%s"
                        .formatted(
                                progress.different(),
                                progress.missing(),
                                left,
                                progress.extra(),
                                right,
                                progress.incomparable() == null
                                        ? ""
                                        : "; the rest was not compared, because " + progress.incomparable());
            case NOT_COMPARABLE -> {
                if (progress.incomparable() != null) {
                    yield progress.incomparable();
                }
                yield progress.done()
                        ? "no row differs, but %d rows are still in flight and %d homes are parked, so nothing is proven"
                                .formatted(progress.inFlight(), progress.parked())
                        : "no row differs so far, but the comparison has not come to its end, so nothing is proven";
            }
        };
    }

    /** Passes differing rows on, the first of them late. */
    private static final class Emission implements Consumer<DifferingRow> {

        private final Consumer<DifferingRow> to;
        private final List<DifferingRow> kept = new ArrayList<>();
        private boolean begun;

        Emission(Consumer<DifferingRow> to) {
            this.to = to;
        }

        @Override
        public void accept(DifferingRow row) {
            kept.add(row);
            if (kept.size() >= KEPT_BACK) {
                flush();
            }
        }

        void flush() {
            if (!kept.isEmpty()) {
                begun = true;
                kept.forEach(to);
                kept.clear();
            }
        }

        boolean begun() {
            return begun;
        }
    }

    /** One attempt at the next range. */
    private final class Attempt {

        private final Tally tally;
        private Range range = new Range(progress.after(), null);
        private long estimatedRows = progress.estimatedRows();
        private long leftPosition;
        private long rightPosition;
        private long parked;
        private long inFlightAtFirst;
        private long inFlight;
        private Duration held = Duration.ZERO;
        private boolean makesWay;
        private @Nullable String obstacle;

        Attempt(Emission emission) {
            this.tally = comparing.tally(emission);
        }

        void run() throws SQLException {
            Set<String> open = new TreeSet<>();
            Set<String> doubtful = Set.of();
            for (int look = 0; look <= comparing.rechecks(); look++) {
                if (look > 0) {
                    comparing.pause(comparing.options().recheckPause());
                }
                try (Snapshot snapshot = comparing.snapshot()) {
                    note(snapshot);
                    obstacle = comparing.obstacle(snapshot);
                    if (obstacle == null && snapshot.tellsRows()) {
                        doubtful = compare(snapshot, open);
                        break;
                    }
                    inFlight = snapshot.inFlight().size();
                    inFlightAtFirst = inFlight;
                }
            }
            if (!open.isEmpty() || !doubtful.isEmpty()) {
                open.addAll(comparing.lookAgain(doubtful, Math.max(leftPosition, rightPosition), tally));
                settle(open);
            }
        }

        private Set<String> compare(Snapshot snapshot, Set<String> open) throws SQLException {
            if (way == null) {
                way = comparing.planner().choose(snapshot);
            }
            if (estimatedRows == 0) {
                estimatedRows = Math.max(
                        comparing.left().estimatedRows(snapshot.left().jdbc()),
                        comparing.right().estimatedRows(snapshot.right().jdbc()));
            }
            there = estimatedRows;
            makesWay = comparing.makesWay(snapshot);
            if (makesWay) {
                snapshot.left().alone();
                snapshot.right().alone();
            }
            range = range(snapshot);
            long begun = System.nanoTime();
            Judge judge = comparing.judge(snapshot, tally);
            way.compare(snapshot, range, judge);
            if (!makesWay) {
                adapt(System.nanoTime() - begun);
            }
            inFlightAtFirst = comparing.homes().rows(snapshot, snapshot.inFlight(), range, open);
            inFlight = inFlightAtFirst;
            note(snapshot);
            return judge.doubtful();
        }

        /** All that is left where the estimate is right and that is little; else as many rows as the pace allows. */
        private Range range(Snapshot snapshot) {
            long seen = progress.rowsCompared() + progress.missing() + progress.extra();
            long rows = makesWay ? Math.min(rangeRows, ParityOptions.SMALL_RANGE) : rangeRows;
            if (estimateIsRight && estimatedRows - seen <= rows + rows / 2) {
                return new Range(progress.after(), null);
            }
            Side left = comparing.left();
            String home = comparing.keys().home(left);
            List<String> end = snapshot.left()
                    .jdbc()
                    .queryForList(
                            "select (%s)::text from %s where %s order by %s offset %d limit 1"
                                    .formatted(
                                            home,
                                            left.from(),
                                            comparing.keys().within(left, new Range(progress.after(), null)),
                                            home,
                                            rows - 1),
                            String.class);
            return new Range(progress.after(), end.isEmpty() ? null : end.get(0));
        }

        private void adapt(long nanos) {
            long rows = Math.max(1, tally.compared());
            double target = (double) comparing.options().snapshotLimit().toNanos() / MARGIN;
            double fitting = rows * target / Math.max(1, nanos);
            // By steps, as one range says little about the next.
            rangeRows = Math.max(
                    ParityOptions.LEAST_RANGE,
                    Math.round(Math.max(rangeRows / 2.0, Math.min(rangeRows * 2.0, fitting))));
        }

        private void settle(Set<String> open) throws SQLException {
            for (int look = 0; look < comparing.rechecks() && !open.isEmpty(); look++) {
                comparing.pause(comparing.options().recheckPause());
                Set<String> doubtful;
                try (Snapshot snapshot = comparing.snapshot()) {
                    note(snapshot);
                    if (comparing.obstacle(snapshot) != null) {
                        continue;
                    }
                    Set<String> settled = new TreeSet<>(open);
                    settled.removeAll(snapshot.inFlight());
                    Judge judge = comparing.judge(snapshot, tally);
                    comparing.homes().compare(snapshot, settled, judge);
                    doubtful = judge.doubtful();
                    open.removeAll(settled);
                    inFlight = comparing.homes().rows(snapshot, open, range, new HashSet<>());
                    note(snapshot);
                }
                open.addAll(comparing.lookAgain(doubtful, Math.max(leftPosition, rightPosition), tally));
            }
            inFlight = open.isEmpty() ? 0 : Math.max(inFlight, open.size());
        }

        private void note(Snapshot snapshot) {
            leftPosition = snapshot.leftPosition();
            rightPosition = snapshot.rightPosition();
            parked = snapshot.parked().size();
            held = held.compareTo(snapshot.age()) > 0 ? held : snapshot.age();
        }

        /** How long to leave the database alone afterwards. */
        Duration rest() {
            return makesWay ? held.multipliedBy(comparing.options().rest()) : Duration.ZERO;
        }

        ParityProgress progress(Duration took) {
            Findings findings = tally.addedTo(Findings.of(progress));
            return new ParityProgress(
                    range.upTo(),
                    range.isLast(),
                    estimatedRows,
                    leftPosition,
                    rightPosition,
                    progress.rowsCompared() + tally.compared(),
                    findings.equal(),
                    findings.missing(),
                    findings.extra(),
                    findings.different(),
                    findings.byField(),
                    progress.inFlight() + inFlight,
                    progress.settled() + Math.max(0, inFlightAtFirst - inFlight),
                    parked,
                    obstacle,
                    findings.samples(),
                    progress.ranges() + 1,
                    progress.longestSnapshot().compareTo(held) > 0 ? progress.longestSnapshot() : held,
                    way == null ? progress.plan() : way.description(),
                    progress.startedAt(),
                    progress.worked().plus(took));
        }
    }
}
