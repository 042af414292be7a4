package io.changeover.autopilot;

import io.changeover.autopilot.Move.Kind;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.GateReading.Verdict;
import io.changeover.changeover.Halt;
import io.changeover.changeover.ParityFigures;
import io.changeover.changeover.Phase;
import io.changeover.plan.Plan;
import io.changeover.plan.Plan.Breach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done about a changeover: a function of what is known, so that every node decides the same. A breach comes
 * before everything else, whatever is waited for.
 */
final class Pilot {

    private final Duration verifyAgain;
    private final Duration maxParityAge;

    /**
     * @param verifyAgain how long after a comparison that did not find both versions equal the next one is made
     * @param maxParityAge how old a comparison may be by the settings of the node, whatever the plan allows
     */
    Pilot(Duration verifyAgain, Duration maxParityAge) {
        this.verifyAgain = verifyAgain;
        this.maxParityAge = maxParityAge;
    }

    Decision decide(Situation situation) {
        Attempt attempt = situation.attempt();
        boolean verify = verifies(situation);
        if (attempt.percent() > 0) {
            Decision back = breach(situation, verify);
            if (back != null) {
                return back;
            }
        }
        if (attempt.phase() == Phase.ROLLING_BACK) {
            return move(
                    situation, Kind.CONFIRM_ROLLBACK, 0, "all nodes go by it", List.of(), "confirm-rollback", verify);
        }
        if (attempt.phase() == Phase.ROLLED_BACK) {
            return waiting("a person, who looks at why it was rolled back and resumes or aborts it", verify);
        }
        Halt halt = attempt.course().halt();
        if (halt != null) {
            return waiting(
                    "a person, who resumes it: %s by %s%s"
                            .formatted(
                                    halt.kind().text(),
                                    halt.actor(),
                                    halt.reason().isEmpty() ? "" : ", " + halt.reason()),
                    verify);
        }
        return forward(situation, verify);
    }

    private @Nullable Decision breach(Situation situation, boolean verify) {
        Attempt attempt = situation.attempt();
        Plan plan = plan(attempt);
        List<GateReading> broken = situation.toStay().stream()
                .filter(reading -> reading.verdict() == Verdict.REFUSE)
                .toList();
        if (broken.isEmpty()) {
            return null;
        }
        Breach breach = broken.stream()
                .map(reading -> plan.breachOf(reading.gate()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        String reason = broken.stream()
                .map(reading -> "gate %s refuses: %s where %s is required"
                        .formatted(reading.gate(), reading.measured(), reading.required()))
                .collect(Collectors.joining("; "));
        if (breach == Breach.HOLD) {
            return waiting("what is broken to be mended, as the plan has readers stay: " + reason, verify);
        }
        int before = plan.before(attempt.percent());
        if (breach == Breach.STEP_BACK && attempt.course().halt() == null) {
            // First, so that nothing carries readers forward again should this node end in between.
            return move(situation, Kind.PAUSE, attempt.percent(), reason, List.of(), "", verify);
        }
        if (breach == Breach.STEP_BACK && before > 0) {
            return move(
                    situation,
                    Kind.STEP_BACK,
                    before,
                    reason,
                    situation.toStay(),
                    "step-back-%d".formatted(before),
                    verify);
        }
        return move(
                situation,
                Kind.ROLL_BACK,
                0,
                reason,
                situation.toStay(),
                "roll-back-%d".formatted(attempt.percent()),
                verify);
    }

    private Decision forward(Situation situation, boolean verify) {
        Attempt attempt = situation.attempt();
        Plan plan = plan(attempt);
        return switch (attempt.phase()) {
            case DECLARED ->
                gated(
                        situation,
                        verify,
                        List.of(),
                        Kind.PREPARE,
                        attempt.percent(),
                        "what it needs is there",
                        "prepare");
            case PREPARED ->
                move(situation, Kind.START_BACKFILL, 0, "by the plan", List.of(), "start-backfill", verify);
            case BACKFILLING -> backfilling(situation);
            case CATCHING_UP ->
                gated(situation, verify, List.of(), Kind.CONFIRM_CAUGHT_UP, 0, "it keeps up", "confirm-caught-up");
            case VERIFYING -> waiting(verifying(situation, verify), verify);
            case SHADOWING -> shadowing(situation, verify);
            case SHIFTING -> step(situation, plan.soakAt(attempt.percent()), verify);
            case SERVING ->
                gated(
                        situation,
                        verify,
                        time(situation, plan.soakAt(100), "readers to have been with the new version"),
                        Kind.START_SOAK,
                        100,
                        "all readers have moved",
                        "start-soak");
            case SOAKING ->
                gated(
                        situation,
                        verify,
                        time(situation, plan.soak(), "the soak to last"),
                        Kind.COMPLETE,
                        100,
                        "the plan is carried out",
                        "complete");
            case ROLLING_BACK, ROLLED_BACK, COMPLETED, ABORTED -> waiting("nothing", verify);
        };
    }

    private static Decision backfilling(Situation situation) {
        Building building = Objects.requireNonNull(situation.building());
        return switch (building.state()) {
            case UNDER_WAY -> waiting("the backfill: " + building.detail(), false);
            case FORSAKEN -> move(situation, Kind.BUILD, 0, "no node works on the backfill", List.of(), "", false);
            case FAILED ->
                Kind.FAIL.text().equals(situation.moved())
                        ? move(situation, Kind.BUILD, 0, "resumed after its failure", List.of(), "", false)
                        : move(
                                situation,
                                Kind.FAIL,
                                0,
                                "the backfill has failed: %s; mend that, then resume".formatted(building.detail()),
                                List.of(),
                                "",
                                false);
            case STOPPED -> waiting("a person, who resumes the backfill: " + building.detail(), false);
            case INCOMPLETE -> waiting("dead letters to be mended and retried: " + building.detail(), false);
        };
    }

    private Decision shadowing(Situation situation, boolean verify) {
        Attempt attempt = situation.attempt();
        int rehearsals = attempt.course().rehearsals();
        if (attempt.course().wayBackProven() == null) {
            return rehearsals == 0
                    ? move(
                            situation,
                            Kind.REHEARSE,
                            0,
                            "the way back comes first",
                            List.of(),
                            "rehearse-%d".formatted(rehearsals + 1),
                            verify)
                    : move(
                            situation,
                            Kind.PROVE_WAY_BACK,
                            0,
                            "the way back comes first",
                            List.of(),
                            "prove-way-back-%d".formatted(rehearsals),
                            verify);
        }
        return step(situation, plan(attempt).shadow(), verify);
    }

    private Decision step(Situation situation, Duration time, boolean verify) {
        Attempt attempt = situation.attempt();
        Plan.Step next = plan(attempt).after(attempt.percent()).orElseThrow();
        List<String> waits = time(
                situation,
                time,
                attempt.percent() == 0
                        ? "shadow reads to have been made"
                        : "%d %% of readers to have been with the new version".formatted(attempt.percent()));
        if (next.approval() != null && !attempt.course().approved().contains(next.percent())) {
            waits.add("the approval of role '%s' for %d %%".formatted(next.approval(), next.percent()));
        }
        return gated(
                situation,
                verify,
                waits,
                Kind.SHIFT,
                next.percent(),
                attempt.course().hurried() ? "a person wants the next step" : "the next step of the plan",
                "shift-%d".formatted(next.percent()));
    }

    private static List<String> time(Situation situation, Duration time, String what) {
        Instant until = situation.attempt().course().phaseSince().plus(time);
        return !situation.attempt().course().hurried() && situation.now().isBefore(until)
                ? new ArrayList<>(List.of("%s until %s".formatted(what, until)))
                : new ArrayList<>();
    }

    /** The move once nothing is waited for and all gates pass. */
    private static Decision gated(
            Situation situation,
            boolean verify,
            List<String> waits,
            Kind kind,
            int percent,
            String reason,
            String name) {
        List<String> all = new ArrayList<>(waits);
        for (GateReading reading : situation.toMove()) {
            if (!reading.passes()) {
                all.add("gate %s, which %s: %s where %s is required; %s"
                        .formatted(
                                reading.gate(),
                                reading.verdict() == Verdict.HOLD ? "holds" : "refuses",
                                reading.measured(),
                                reading.required(),
                                reading.reason()));
            }
        }
        return all.isEmpty()
                ? move(situation, kind, percent, reason, situation.toMove(), name, verify)
                : waiting(String.join("; also, ", all), verify);
    }

    private String verifying(Situation situation, boolean verify) {
        Verification verification = situation.verification();
        if (verify || verification.running()) {
            return "the comparison of both versions";
        }
        String failure = verification.failure();
        Instant failedAt = verification.failedAt();
        if (failure != null && failedAt != null) {
            return "the next comparison at %s, as the last one failed: %s"
                    .formatted(failedAt.plus(verifyAgain), failure);
        }
        ParityFigures parity = Objects.requireNonNull(situation.attempt().parity());
        return "the next comparison at %s, as the last one found %s, with %d rows that differ and %d in flight"
                .formatted(
                        Objects.requireNonNull(situation.attempt().parityAt()).plus(verifyAgain),
                        parity.verdict().toLowerCase(Locale.ROOT).replace('_', ' '),
                        parity.differences(),
                        parity.inFlight());
    }

    /**
     * Whether a comparison is wanted now: until one has found both versions equal, and again before the last one has reached
     * half of the age that it may have. While readers have moved a halt does not end that, since what measures break goes
     * back all the same.
     */
    private boolean verifies(Situation situation) {
        Attempt attempt = situation.attempt();
        boolean moved = attempt.percent() > 0;
        boolean wanted = attempt.phase() == Phase.VERIFYING || attempt.phase() == Phase.SHADOWING || moved;
        if (!wanted
                || situation.verification().running()
                || (!moved && attempt.course().halt() != null)) {
            return false;
        }
        Instant failedAt = situation.verification().failedAt();
        if (failedAt != null && situation.now().isBefore(failedAt.plus(verifyAgain))) {
            return false;
        }
        ParityFigures parity = attempt.parity();
        Instant at = attempt.parityAt();
        if (parity == null || at == null) {
            return true;
        }
        if (!parity.verdict().equals("EQUAL")) {
            return !situation.now().isBefore(at.plus(verifyAgain));
        }
        return attempt.phase() == Phase.VERIFYING
                || !situation.now().isBefore(at.plus(allowedAge(attempt).dividedBy(2)));
    }

    private Duration allowedAge(Attempt attempt) {
        Duration planned = plan(attempt).limits().maxParityAge();
        return planned.compareTo(maxParityAge) < 0 ? planned : maxParityAge;
    }

    /** Names a comparison by the one before, so that of two that are made at once one is recorded. */
    static String verificationId(Attempt attempt) {
        return id(attempt, "verify-after-" + (attempt.parityAt() == null ? "none" : attempt.parityAt()));
    }

    private static String id(Attempt attempt, String name) {
        return "%s:%s:%s".formatted(attempt.id(), name, attempt.course().phaseSince());
    }

    private static Decision move(
            Situation situation,
            Kind kind,
            int percent,
            String reason,
            List<GateReading> readings,
            String name,
            boolean verify) {
        Attempt attempt = situation.attempt();
        return new Decision(
                new Move(kind, percent, reason, readings, name.isEmpty() ? "" : id(attempt, name)), "", verify);
    }

    private static Decision waiting(String what, boolean verify) {
        return new Decision(null, what, verify);
    }

    private static Plan plan(Attempt attempt) {
        return Objects.requireNonNull(attempt.course().plan());
    }
}
