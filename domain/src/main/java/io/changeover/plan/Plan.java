package io.changeover.plan;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plan of one changeover. It is kept in the changeover's events, so every node carries out the same one, and a file
 * that is edited later changes nothing. Immutable.
 *
 * @param name what people call it, 1 to 200 characters
 * @param view the view it is made for, or null for any
 * @param to the version it leads to, or null for any
 * @param shadow how long shadow reads must have run before the first reader moves; zero for not at all
 * @param steps shares of readers, ascending, the last of them 100
 * @param soak how long the new version serves all readers before the changeover is completed
 * @param limits what the gates ask for
 * @param beans names of the team's own gates, which must pass too
 * @param onBreach what is done when a gate refuses while readers are served by the new version
 * @param breaches the same for single gates, by name
 * @param quiet when nothing moves forward
 * @param completion how the old version ends
 */
public record Plan(
        String name,
        @Nullable String view,
        @Nullable Integer to,
        Duration shadow,
        List<Step> steps,
        Duration soak,
        Limits limits,
        List<String> beans,
        Breach onBreach,
        Map<String, Breach> breaches,
        List<QuietTime> quiet,
        Completion completion) {

    private static final int LONGEST_NAME = 200;
    private static final Duration LONGEST = Duration.ofDays(366);

    /** @throws InvalidPlanException when something of it cannot be; the message names each such thing */
    public Plan {
        steps = List.copyOf(steps);
        beans = List.copyOf(beans);
        breaches = Map.copyOf(breaches);
        quiet = List.copyOf(quiet);
        List<String> problems = new ArrayList<>();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            problems.add("name is '%s' but must have 1 to %d characters".formatted(name, LONGEST_NAME));
        }
        if (to != null && to < 1) {
            problems.add("to is %d but must be a version, 1 or greater".formatted(to));
        }
        requireDuration(problems, "shadow", shadow);
        requireDuration(problems, "soak", soak);
        if (steps.isEmpty()) {
            problems.add("steps has no entry but must lead to 100 %");
        }
        int before = 0;
        for (Step step : steps) {
            if (step.percent() <= before) {
                problems.add("steps go from %d %% to %d %% but must ascend".formatted(before, step.percent()));
            }
            before = step.percent();
        }
        if (!steps.isEmpty() && before != 100) {
            problems.add("steps end at %d %% but must end at 100 %%".formatted(before));
        }
        if (!problems.isEmpty()) {
            throw new InvalidPlanException(problems);
        }
    }

    /**
     * A share of readers.
     *
     * @param percent share that the new version serves from this step on, from 1 to 100
     * @param soak how long it stays so at least
     * @param approval role that must have approved before the step begins, or null where none must
     */
    public record Step(int percent, Duration soak, @Nullable String approval) {

        /** @throws InvalidPlanException when something of it cannot be */
        public Step {
            List<String> problems = new ArrayList<>();
            if (percent < 1 || percent > 100) {
                problems.add("percent is %d but must be from 1 to 100".formatted(percent));
            }
            requireDuration(problems, "soak", soak);
            if (approval != null && !approval.matches("[a-z][a-z0-9-]{0,49}")) {
                problems.add("approval is '%s' but must be a role, such as approver".formatted(approval));
            }
            if (!problems.isEmpty()) {
                throw new InvalidPlanException(problems);
            }
        }
    }

    /** What is done when a gate refuses while readers are served by the new version. */
    public enum Breach {
        /** Nobody moves further; those who have moved stay. */
        HOLD,
        /** Readers go back to the share of the step before, and the changeover pauses. */
        STEP_BACK,
        /** All readers go back. */
        ROLL_BACK
    }

    /**
     * How the old version ends once the changeover is completed.
     *
     * @param automatic whether the stages follow one another by themselves; else a person asks for each
     * @param hold how long the old version is still projected without readers, at least
     * @param purge how long its table is kept under another name after that, at least
     */
    public record Completion(boolean automatic, Duration hold, Duration purge) {

        /** A week of each, asked for by a person. */
        public static final Completion DEFAULT = new Completion(false, Duration.ofDays(7), Duration.ofDays(7));

        /** @throws InvalidPlanException when something of it cannot be */
        public Completion {
            List<String> problems = new ArrayList<>();
            requireDuration(problems, "hold", hold);
            requireDuration(problems, "purge", purge);
            if (!problems.isEmpty()) {
                throw new InvalidPlanException(problems);
            }
        }
    }

    /** The plan of a changeover for which none is given: 1, 10, 50 and 100 percent, with time to look in between. */
    public static Plan standard() {
        return new Plan(
                "default",
                null,
                null,
                Duration.ofMinutes(10),
                List.of(
                        new Step(1, Duration.ofMinutes(15), null),
                        new Step(10, Duration.ofMinutes(30), null),
                        new Step(50, Duration.ofHours(1), null),
                        new Step(100, Duration.ZERO, null)),
                Duration.ofDays(1),
                Limits.DEFAULT,
                List.of(),
                Breach.ROLL_BACK,
                Map.of(),
                List.of(),
                Completion.DEFAULT);
    }

    /** The first step above the share, or empty when all readers have moved. */
    public Optional<Step> after(int percent) {
        return steps.stream().filter(step -> step.percent() > percent).findFirst();
    }

    /** The share of the last step below the given one; 0 where there is none. */
    public int before(int percent) {
        return steps.stream()
                .mapToInt(Step::percent)
                .filter(share -> share < percent)
                .max()
                .orElse(0);
    }

    /** How long readers stay at the share at least; zero where no step has that share. */
    public Duration soakAt(int percent) {
        return steps.stream()
                .filter(step -> step.percent() == percent)
                .map(Step::soak)
                .findFirst()
                .orElse(Duration.ZERO);
    }

    /** What is done when the gate refuses. */
    public Breach breachOf(String gate) {
        return breaches.getOrDefault(gate, onBreach);
    }

    /** The time in which nothing moves at that moment, or empty when something may. */
    public Optional<QuietTime> quietAt(ZonedDateTime now) {
        return quiet.stream().filter(time -> time.contains(now)).findFirst();
    }

    static void requireDuration(List<String> problems, String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            problems.add("%s is %s but must be from 0 to %s".formatted(name, value, LONGEST));
        }
    }
}
