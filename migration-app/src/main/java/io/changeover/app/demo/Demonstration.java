package io.changeover.app.demo;

import io.changeover.operation.BackfillStatus;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.operation.ViewStatus;
import io.changeover.parity.ParityReport;
import io.changeover.terminal.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A changeover told while it happens. It goes on from whatever phase is recorded, so a second start, or one after a
 * kill, neither repeats what is done nor fails.
 */
final class Demonstration {

    private static final Request ASKED = new Request("demo", "demonstration");
    private static final int[] SHARES = {10, 50, 100};
    private static final long LIVE_LAG = 100;
    private static final int READERS = 200;
    private static final int PARITY_ATTEMPTS = 10;
    /** What is told changes by itself; looking this often is enough for a reader and costs nothing. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final Duration READY = Duration.ofMinutes(10);

    private final Operations operations;
    private final SampleReads reads;
    private final Teller teller;
    private final String view;
    private final int to;

    Demonstration(Operations operations, SampleReads reads, Teller teller, String view, int to) {
        this.operations = operations;
        this.reads = reads;
        this.teller = teller;
        this.view = view;
        this.to = to;
    }

    /** Runs to the end, or to the first thing that is refused or not equal, which is told as well. */
    void run() throws InterruptedException {
        try {
            ViewStatus before = awaitLive();
            ChangeoverStatus open = before.changeover();
            if (open == null && Integer.valueOf(to).equals(before.serving())) {
                teller.say("done", "%s@%d serves all readers since an earlier changeover.", view, to);
                return;
            }
            goOn(open == null ? declare() : resume(open));
        } catch (OperationRefusedException e) {
            teller.say("refused", "%s", e.getMessage());
        }
    }

    private void goOn(ChangeoverStatus begin) throws InterruptedException {
        ChangeoverStatus status = begin;
        if (status.percent() == 100) {
            teller.say("serving", "%s@%d serves 100 %% of the readers already; complete it or roll it back.", view, to);
            return;
        }
        if (!backfill(status)) {
            return;
        }
        for (int share : SHARES) {
            if (share > status.percent() && !shift(share)) {
                return;
            }
        }
        rollBackAndForward();
    }

    private ViewStatus awaitLive() throws InterruptedException {
        long begin = System.nanoTime();
        ViewStatus status = operations.view(view);
        while (!isLive(status) && System.nanoTime() - begin < READY.toNanos()) {
            teller.progress("waiting", "until the version that serves has followed all events");
            Thread.sleep(LOOK.toMillis());
            status = operations.view(view);
        }
        return status;
    }

    private boolean isLive(ViewStatus status) {
        return status.versions().stream()
                .filter(version -> version.version().equals(view + "@" + status.serving()))
                .anyMatch(version -> version.state().equals("live") && version.lag() < LIVE_LAG);
    }

    private ChangeoverStatus declare() {
        ChangeoverStatus declared = operations.declare(view, to, ASKED);
        operations.view(view).versions().stream()
                .filter(version -> version.version().equals(view + "@" + declared.from()))
                .forEach(version -> teller.say(
                        "declared",
                        "%s from version %d (live at position %,d with %,d rows) to version %d.",
                        view,
                        declared.from(),
                        version.position(),
                        version.rows(),
                        to));
        return declared;
    }

    private ChangeoverStatus resume(ChangeoverStatus open) {
        teller.say(
                "resumed",
                "the changeover of %s from version %d to %d was left in phase '%s' at %d %%.",
                view,
                open.from(),
                open.to(),
                open.phase(),
                open.percent());
        return open;
    }

    private boolean backfill(ChangeoverStatus begin) throws InterruptedException {
        ChangeoverStatus status = begin;
        if (status.phase().equals("declared")) {
            status = operations.startBackfill(view, ASKED);
        } else if (!status.phase().equals("backfilling")) {
            return true;
        }
        BackfillStatus backfill = status.backfill();
        while (status.phase().equals("backfilling")) {
            if (backfill != null && backfill.state().equals("failed")) {
                teller.say("failed", "the backfill stopped: %s", backfill.failure());
                return false;
            }
            if (backfill != null && backfill.state().equals("incomplete")) {
                teller.say(
                        "failed",
                        "%,d events wait as dead letters, so version %d is not complete; list them with 'changeover dead-letters %s@%d'",
                        backfill.deadLetters(),
                        to,
                        view,
                        to);
                return false;
            }
            if (backfill != null) {
                teller.progress("backfill", line(backfill));
            }
            Thread.sleep(LOOK.toMillis());
            status = operations.changeover(view);
            backfill = status.backfill();
        }
        if (backfill != null) {
            teller.say(
                    "backfill",
                    "%,d events up to position %,d in %s (%,.0f a second), while version %d went on serving.",
                    backfill.events(),
                    backfill.horizon(),
                    Progress.duration(backfill.elapsed()),
                    backfill.eventsPerSecond(),
                    status.from());
        }
        return true;
    }

    private static String line(BackfillStatus backfill) {
        Duration eta = backfill.eta();
        return Progress.line(
                backfill.fraction(),
                backfill.events(),
                backfill.eventsPerSecond(),
                eta == null ? Duration.ofSeconds(-1) : eta);
    }

    private boolean shift(int share) throws InterruptedException {
        if (!parity()) {
            return false;
        }
        operations.shift(view, share, ASKED);
        teller.say("shift", "%d %% of the readers to version %d.%s", share, to, answered());
        return true;
    }

    /** Live events can keep a row in flight for a moment, which proves nothing; that alone is a reason to look again. */
    private boolean parity() throws InterruptedException {
        ParityReport report = operations.verify(view, ASKED);
        for (int attempt = 1;
                report.verdict() == ParityReport.Verdict.NOT_COMPARABLE && attempt < PARITY_ATTEMPTS;
                attempt++) {
            Thread.sleep(LOOK.toMillis());
            report = operations.verify(view, ASKED);
        }
        teller.say(
                "parity",
                "%,d rows compared at position %,d in %s: %,d equal, %,d different, %,d in flight.",
                report.rowsCompared(),
                Math.min(report.leftPosition(), report.rightPosition()),
                Progress.duration(report.duration()),
                report.equal(),
                report.different() + report.missing() + report.extra(),
                report.inFlight());
        if (report.verdict() != ParityReport.Verdict.EQUAL) {
            teller.say("stopped", "%s; no reader is moved further.", report.reason());
            return false;
        }
        return true;
    }

    private void rollBackAndForward() throws InterruptedException {
        long begin = System.nanoTime();
        operations.rollBack(view, ASKED);
        teller.say(
                "rollback",
                "all readers back to the old version in %d ms; it never stopped following, so nothing is lost.%s",
                Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                answered());
        shift(100);
    }

    private String answered() {
        Map<String, Integer> counts = reads.count(READERS);
        return counts.isEmpty()
                ? ""
                : " Of %d sample readers %s."
                        .formatted(
                                READERS,
                                counts.entrySet().stream()
                                        .map(count -> "%s answered %d".formatted(count.getKey(), count.getValue()))
                                        .collect(Collectors.joining(", ")));
    }
}
