package io.changeover.app.rehearsal;

import io.changeover.changeover.ChangeoverCommand.ConfirmCaughtUp;
import io.changeover.changeover.ChangeoverCommand.Prepare;
import io.changeover.changeover.ChangeoverCommand.Reopen;
import io.changeover.changeover.ChangeoverCommand.StartSoak;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.operation.BackfillStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport;
import io.changeover.plan.Plan;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Takes a changeover through every phase of its plan, and back from each. */
final class Walk {

    private static final String ACTOR = "rehearsal";
    private static final Request ASKED = new Request(ACTOR, "");
    private static final int PARITY_ATTEMPTS = 20;
    private static final Duration LOOK = Duration.ofMillis(100);

    /** Phases in which no reader has moved; the way back from them is to give the changeover up. */
    private static final List<Phase> BEFORE_READERS = List.of(
            Phase.DECLARED, Phase.PREPARED, Phase.BACKFILLING, Phase.CATCHING_UP, Phase.VERIFYING, Phase.SHADOWING);

    private final RehearsedNode node;
    private final Cases cases;
    private final Checks checks;
    private final Plan plan;
    private final VersionId to;
    private final String view;
    private final Duration soak;

    Walk(RehearsedNode node, Cases cases, Checks checks, Plan plan, VersionId to, Duration soak) {
        this.node = node;
        this.cases = cases;
        this.checks = checks;
        this.plan = plan;
        this.to = to;
        this.view = to.view();
        this.soak = soak;
    }

    /** Ends at the first stage in which something does not hold, since what follows would prove nothing. */
    void run() {
        for (Phase phase : BEFORE_READERS) {
            if (!stage(phase.text(), "phase", () -> forwardTo(phase))
                    || !stage("aborted from " + phase.text(), "way back", this::abort)) {
                return;
            }
        }
        if (!stage("before the first reader", "phase", () -> forwardTo(Phase.SHADOWING))) {
            return;
        }
        for (Plan.Step step : plan.steps()) {
            String stage = step.percent() == 100 ? "serving" : "shifting at %d %%".formatted(step.percent());
            if (!thereAndBack(stage, () -> shiftTo(step.percent()), () -> forwardAgain(step.percent()))) {
                return;
            }
        }
        boolean done = thereAndBack("soaking", this::startSoak, () -> {
                    forwardAgain(100);
                    startSoak();
                })
                && thereAndBack("completed", this::complete, () -> {
                    forwardAgain(100);
                    startSoak();
                    complete();
                });
        if (done) {
            checks.foldAgain("end");
            cases.tell("end");
        }
    }

    private boolean thereAndBack(String stage, Cases.Attempt there, Cases.Attempt again) {
        return stage(stage, "phase", there)
                && stage("rolled back from " + stage, "way back", this::rollBack)
                && stage(stage + " again", "phase", again);
    }

    private boolean stage(String stage, String name, Cases.Attempt attempt) {
        boolean held = cases.attempt(stage, name, attempt) && checks.hold(stage);
        cases.tell(stage);
        return held;
    }

    private void forwardTo(Phase goal) throws InterruptedException {
        if (node.state(view).open() == null) {
            node.operations().declare(view, to.version(), ASKED);
            node.plans().adopt(view, plan, ASKED);
        }
        while (node.open(view).phase().compareTo(goal) < 0) {
            stepOn();
        }
    }

    private void stepOn() throws InterruptedException {
        Attempt open = node.open(view);
        switch (open.phase()) {
            case DECLARED -> node.send(new Prepare(view, List.of(), ACTOR, ""));
            case PREPARED -> {
                var unused = node.operations().startBackfill(view, ASKED);
            }
            case BACKFILLING -> awaitBackfilled();
            case CATCHING_UP -> {
                node.awaitHead(to);
                node.send(new ConfirmCaughtUp(view, open.id(), node.gates().toVerify(view, open), ACTOR, ""));
            }
            case VERIFYING -> verify();
            default ->
                throw new RehearsalFailure("The changeover is in phase %s where it was to be carried forward"
                        .formatted(open.phase().text()));
        }
    }

    private void awaitBackfilled() throws InterruptedException {
        node.await("the backfill of '%s'".formatted(to), () -> {
            BackfillStatus backfill = node.operations().changeover(view).backfill();
            if (backfill != null && backfill.state().equals("failed")) {
                throw new RehearsalFailure(
                        "The backfill of version '%s' failed: %s; mend what it names and rehearse again"
                                .formatted(to, backfill.failure()));
            }
            if (backfill != null && backfill.state().equals("incomplete")) {
                node.requireNoDeadLetters(to);
            }
            return node.open(view).phase() != Phase.BACKFILLING
                    ? null
                    : backfill == null ? "nothing" : backfill.state() + " " + backfill.position();
        });
    }

    private void verify() throws InterruptedException {
        ParityReport report = node.operations().verify(view, ASKED);
        for (int i = 1; report.verdict() == ParityReport.Verdict.NOT_COMPARABLE && i < PARITY_ATTEMPTS; i++) {
            Thread.sleep(LOOK.toMillis());
            report = node.operations().verify(view, ASKED);
        }
        checks.requireEqual(report);
    }

    private void shiftTo(int percent) throws InterruptedException {
        Set<Integer> approved = node.open(view).course().approved();
        for (Plan.Step step : plan.steps()) {
            String role = step.approval();
            if (role != null && step.percent() <= percent && !approved.contains(step.percent())) {
                var unused = node.plans().approve(view, step.percent(), Set.of(role), ASKED);
            }
        }
        var unused = node.operations().shift(view, percent, ASKED);
        Thread.sleep(soak.toMillis());
    }

    private void forwardAgain(int percent) throws InterruptedException {
        var unused = node.plans().resume(view, ASKED);
        verify();
        shiftTo(percent);
    }

    private void startSoak() throws InterruptedException {
        Attempt open = node.open(view);
        node.send(new StartSoak(view, open.id(), node.gates().toMove(view, open), ACTOR, ""));
        Thread.sleep(soak.toMillis());
    }

    /** Nodes tell late who was still reading the old version, so what is refused for that is asked for again. */
    private void complete() throws InterruptedException {
        node.await("the completion of '%s'".formatted(view), () -> {
            try {
                var unused = node.operations().complete(view, ASKED);
                return null;
            } catch (OperationRefusedException e) {
                if (!e.rule().equals("readers-unknown") && !e.rule().equals("still-read")) {
                    throw e;
                }
                return String.valueOf(e.getMessage());
            }
        });
    }

    private void abort() {
        var unused = node.operations().abort(view, ASKED);
    }

    private void rollBack() throws InterruptedException {
        if (node.state(view).open() == null) {
            node.send(new Reopen(view, ACTOR, ""));
        }
        node.await("all readers of '%s' to be back".formatted(view), () -> {
            var unused = node.operations().rollBack(view, ASKED);
            Phase phase = node.open(view).phase();
            return phase == Phase.ROLLED_BACK ? null : phase;
        });
    }

    /** Gives up a changeover that was open when the store was copied. */
    void giveUp() throws InterruptedException {
        Attempt open = node.open(view);
        if (open.percent() > 0 || !node.state(view).pinnedTo(open.to()).isEmpty()) {
            rollBack();
        }
        abort();
    }
}
