package io.changeover.app.rehearsal;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.operation.ShadowOperations;
import io.changeover.operation.VersionStatus;
import io.changeover.parity.Difference;
import io.changeover.parity.ParityReport;
import io.changeover.selfcheck.SelfCheckReport;
import io.changeover.serving.Cohort;
import io.changeover.shadow.ShadowReport;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What has to hold at every stage of a changeover, whichever way it has come there. */
final class Checks {

    private static final int KEYS = 3;

    private final RehearsedNode node;
    private final Cases cases;
    private final String view;
    private final VersionId from;
    private final VersionId to;
    private final SampleReaders readers;
    private final String events;
    private final String rows;
    private long ownEvents;

    /** Notes what must not change from here on. */
    Checks(RehearsedNode node, Cases cases, VersionId from, VersionId to) {
        this.node = node;
        this.cases = cases;
        this.view = from.view();
        this.from = from;
        this.to = to;
        this.readers = node.readers(view, from);
        this.events = node.eventDigest();
        this.rows = node.rowDigest(from).orElse("");
        this.ownEvents = node.ownEvents();
    }

    SampleReaders readers() {
        return readers;
    }

    /** Checks everything that can be checked in the phase; false when something does not hold. */
    boolean hold(String stage) {
        boolean building = isBuilt();
        boolean all = cases.attempt(stage, "no event is lost or changed", this::requireEvents);
        all &= cases.attempt(stage, "the old version follows", () -> node.awaitHead(from));
        if (building) {
            all &= cases.attempt(stage, "the new version follows", () -> node.awaitHead(to));
        }
        all &= cases.attempt(stage, "no dead letters", () -> {
            node.requireNoDeadLetters(from);
            if (building) { // while it is being built, it depends on the moment whether they are there
                node.requireNoDeadLetters(to);
            }
        });
        all &= cases.attempt(stage, "rows of the old version are unchanged", this::requireRows);
        if (building) {
            all &= cases.attempt(stage, "both versions are equal", this::requireParity);
        }
        all &= cases.attempt(stage, "every reader is answered by a version that is ready", this::requireReads);
        if (building && readers.call() && node.shadow().isPresent() && isShadowed()) {
            all &= cases.attempt(stage, "shadow reads are answered alike", this::requireShadow);
        }
        return all;
    }

    /** Holds rows of the old version against their events, which costs a fold of everything. */
    boolean foldAgain(String stage) {
        return cases.attempt(stage, "rows of the old version are what its events make them", () -> {
            SelfCheckReport report = node.foldedAgain(from).orElse(null);
            if (report != null && report.verdict() == SelfCheckReport.Verdict.DIFFERENT) {
                throw new RehearsalFailure("Version '%s' is not what its events make it: %s; correct its fold"
                        .formatted(from, report.reason()));
            }
        });
    }

    private boolean isBuilt() {
        ChangeoverState state = node.state(view);
        Attempt latest = state.latest();
        return latest != null
                && latest.phase() != Phase.ABORTED
                && latest.phase().backfilled();
    }

    private boolean isShadowed() {
        Attempt open = node.state(view).open();
        return open != null && open.percent() < 100;
    }

    private void requireEvents() {
        String now = node.eventDigest();
        if (!now.equals(events)) {
            throw new RehearsalFailure(
                    "The store has other events than before: %s, and %s before; whatever writes events during a rehearsal must not"
                            .formatted(now, events));
        }
        long own = node.ownEvents();
        if (own < ownEvents) {
            throw new RehearsalFailure(
                    "The store has %,d events of changeovers and had %,d before; events are never deleted"
                            .formatted(own, ownEvents));
        }
        ownEvents = own;
    }

    private void requireRows() {
        String now = node.rowDigest(from).orElse("");
        if (!now.equals(rows)) {
            throw new RehearsalFailure(
                    "Rows of version '%s' have changed although no event came in: %s, and %s before; whatever else writes its table must not"
                            .formatted(from, now, rows));
        }
    }

    private void requireParity() throws InterruptedException {
        requireEqual(node.operations().compare(from, to));
    }

    void requireEqual(ParityReport report) {
        if (report.verdict() == ParityReport.Verdict.EQUAL) {
            return;
        }
        String keys = report.samples().stream()
                .map(Difference::key)
                .distinct()
                .limit(KEYS)
                .map("'%s'"::formatted)
                .collect(Collectors.joining(", "));
        throw new RehearsalFailure(
                "Versions '%s' and '%s' are not equal: %s%s%s; explain a row on a server that has both with 'changeover explain', and correct the fold"
                        .formatted(
                                from,
                                to,
                                report.reason(),
                                report.differencesByField().isEmpty()
                                        ? ""
                                        : "; fields that differ: "
                                                + String.join(
                                                        ", ",
                                                        report.differencesByField()
                                                                .keySet()),
                                keys.isEmpty() ? "" : "; keys such as " + keys));
    }

    private void requireReads() {
        ChangeoverState state = node.state(view);
        Attempt open = state.open();
        Set<Integer> answered = readers.ask(cohort ->
                open == null ? state.serving() : Cohort.served(cohort, open.percent()) ? open.to() : open.from());
        requireShares(state, answered);
        for (int version : answered) {
            VersionStatus status = node.status(new VersionId(view, version));
            if (!status.state().equals("live") || status.deadLetters() > 0) {
                throw new RehearsalFailure(
                        "Version '%s' answers readers and is %s with %,d dead letters; only a live one without any is ready"
                                .formatted(status.version(), status.state(), status.deadLetters()));
            }
        }
    }

    /** A sample of all cohorts has to meet both versions, but where one has all readers. */
    private static void requireShares(ChangeoverState state, Set<Integer> answered) {
        Attempt open = state.open();
        Set<Integer> expected = new TreeSet<>();
        if (open == null) {
            expected.add(state.serving());
        } else {
            if (open.percent() > 0) {
                expected.add(open.to());
            }
            if (open.percent() < 100) {
                expected.add(open.from());
            }
        }
        if (!answered.equals(expected)) {
            throw new RehearsalFailure(
                    "Versions %s have answered where %s were to; look into the node's configuration of the view"
                            .formatted(answered, expected));
        }
    }

    private void requireShadow() throws InterruptedException {
        ShadowOperations shadow = node.shadow().orElseThrow();
        node.await("shadow reads to be compared", () -> {
            ShadowReport report = shadow.report(view);
            return report.same() + report.different() > 0 ? null : report.samples();
        });
        ShadowReport report = shadow.report(view);
        if (report.different() > 0) {
            throw new RehearsalFailure(
                    "%,d of %,d sampled reads were answered otherwise by the new version (%s); correct its class with @Serves, or its fold"
                            .formatted(report.different(), report.same() + report.different(), kinds(report)));
        }
    }

    private static String kinds(ShadowReport report) {
        return List.copyOf(new TreeSet<>(report.kinds().keySet())).stream().collect(Collectors.joining(", "));
    }
}
