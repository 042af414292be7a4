package io.changeover.operation;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.plan.Plan;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a plan from where a changeover stands, with the earliest time of each. */
final class PlanTimetable {

    private static final String DONE = "done";
    private static final String NOW = "now";
    private static final String AHEAD = "ahead";

    private final Plan plan;
    private final Attempt attempt;
    private final boolean begun;
    private final List<PlannedStep> steps = new ArrayList<>();

    /** When the next step could begin, or null when never. */
    private @Nullable ZonedDateTime at;

    private PlanTimetable(Plan plan, Attempt attempt, boolean begun, Instant now) {
        this.plan = plan;
        this.attempt = attempt;
        this.begun = begun;
        this.at = now.atZone(ZoneOffset.UTC);
    }

    /**
     * @param attempt the open changeover, or the one that there would be
     * @param begun whether it is open
     * @param backfill how long the backfill takes yet; zero where that is not known
     */
    static List<PlannedStep> of(
            String view, Plan plan, Attempt attempt, boolean begun, Instant now, Duration backfill) {
        PlanTimetable table = new PlanTimetable(plan, attempt, begun, now);
        table.fill(new VersionId(view, attempt.from()), new VersionId(view, attempt.to()), backfill);
        return List.copyOf(table.steps);
    }

    private void fill(VersionId from, VersionId to, Duration backfill) {
        add("backfill", "builds %s from history".formatted(to), Phase.DECLARED, Phase.BACKFILLING, null, backfill);
        add(
                "catch-up",
                "waits until %s keeps up".formatted(to),
                Phase.CATCHING_UP,
                Phase.CATCHING_UP,
                null,
                Duration.ZERO);
        add("verify", "compares all rows of both versions", Phase.VERIFYING, Phase.VERIFYING, null, Duration.ZERO);
        add(
                "shadow",
                "sends a share of the reads to %s too".formatted(to),
                Phase.SHADOWING,
                Phase.SHADOWING,
                plan.shadow(),
                plan.shadow());
        plan.steps().forEach(step -> add(step, to));
        add(
                "soak",
                "watches %s while %s could take readers back".formatted(to, from),
                Phase.SOAKING,
                Phase.SOAKING,
                plan.soak(),
                plan.soak());
        Plan.Completion end = plan.completion();
        String person = end.automatic() ? null : "a person";
        ahead("complete", "holds %s: projected, read by nobody".formatted(from), end.hold(), null);
        ahead("purge", "projects %s no more and keeps its table".formatted(from), end.purge(), person);
        ahead("drop", "drops the table of %s".formatted(from), null, person);
    }

    private void add(String name, String what, Phase first, Phase last, @Nullable Duration stays, Duration takes) {
        Phase phase = attempt.phase();
        boolean back = phase == Phase.ROLLING_BACK || phase == Phase.ROLLED_BACK;
        Phase stands = back ? Phase.VERIFYING : phase; // where a rollback leads once it is resumed
        if (!begun || stands.compareTo(first) < 0) {
            ahead(name, what, stays, takes, null);
        } else if (stands.compareTo(last) > 0) {
            steps.add(new PlannedStep(name, what, DONE, stays, null, null));
        } else {
            now(name, what, stays, takes);
        }
    }

    private void add(Plan.Step step, VersionId to) {
        String name = step.percent() + " %";
        String what = "moves %d %% of readers to %s".formatted(step.percent(), to);
        if (step.percent() > attempt.percent()) {
            ahead(name, what, step.soak(), waitsFor(step));
        } else if (step.percent() == attempt.percent() && attempt.phase() != Phase.SOAKING) {
            now(name, what, step.soak(), step.soak());
        } else {
            steps.add(new PlannedStep(name, what, DONE, step.soak(), null, null));
        }
    }

    private @Nullable String waitsFor(Plan.Step step) {
        return step.approval() == null || attempt.course().approved().contains(step.percent())
                ? null
                : "approval of %s%s".formatted(step.approval(), plan.wantsFourEyes() ? " by a second person" : "");
    }

    private void now(String name, String what, @Nullable Duration stays, Duration takes) {
        steps.add(new PlannedStep(name, what, NOW, stays, null, null));
        if (at != null) {
            // What is planned counts from when the step began; what is measured, such as a backfill, from now.
            ZonedDateTime end = stays == null
                    ? at.plus(takes)
                    : attempt.course().phaseSince().plus(stays).atZone(ZoneOffset.UTC);
            at = end.isAfter(at) ? end : at;
        }
    }

    private void ahead(String name, String what, @Nullable Duration stays, @Nullable String waitsFor) {
        ahead(name, what, stays, stays == null ? Duration.ZERO : stays, waitsFor);
    }

    private void ahead(String name, String what, @Nullable Duration stays, Duration takes, @Nullable String waitsFor) {
        at = at == null ? null : plan.firstOpen(at).orElse(null);
        steps.add(new PlannedStep(name, what, AHEAD, stays, at == null ? null : at.toInstant(), waitsFor));
        at = at == null ? null : at.plus(takes);
    }
}
