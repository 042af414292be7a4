package io.changeover.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
 * @param fourEyes true when whoever declared the changeover or gave it this plan cannot approve its steps, else null,
 *     which plans from before there was a choice have
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
        Completion completion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean fourEyes) {

    /** Names of the built-in gates, which a plan can give a breach of their own. */
    public static final Set<String> GATES = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(
            "lag",
            "parity",
            "dead-letters",
            "shadow-differences",
            "errors",
            "latency",
            "error-budget",
            "nodes",
            "quiet")));

    static final int LONGEST_NAME = 200;
    static final Duration LONGEST = Duration.ofDays(366);
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,49}");
    static final Pattern VIEW = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** @throws InvalidPlanException when something of it cannot be; the message names each such thing */
    public Plan {
        steps = List.copyOf(steps);
        beans = List.copyOf(beans);
        breaches = Map.copyOf(breaches);
        quiet = List.copyOf(quiet);
        // A release that knows nothing of it reads every plan that does not want it, and refuses one that does.
        fourEyes = Boolean.TRUE.equals(fourEyes) ? fourEyes : null;
        List<String> problems = new ArrayList<>();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            problems.add("name is '%s' but must have 1 to %d characters".formatted(name, LONGEST_NAME));
        }
        if (view != null && !VIEW.matcher(view).matches()) {
            problems.add("view is '%s' but must be the name of a view, such as order-board".formatted(view));
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
        for (String bean : beans) {
            if (!NAME.matcher(bean).matches()) {
                problems.add("beans has '%s' but must have names of gates, such as office-hours".formatted(bean));
            }
        }
        for (String gate : breaches.keySet()) {
            if (!GATES.contains(gate) && !beans.contains(gate)) {
                problems.add("on-breach names '%s' but must name a built-in gate or one of the plan's beans"
                        .formatted(gate));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidPlanException(problems);
        }
    }

    /** A plan that one person may carry out alone. */
    public Plan(
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
        this(name, view, to, shadow, steps, soak, limits, beans, onBreach, breaches, quiet, completion, null);
    }

    /** Whether somebody else must approve than whoever declared the changeover or gave it this plan. */
    public boolean wantsFourEyes() {
        return Boolean.TRUE.equals(fourEyes);
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
            if (approval != null && !NAME.matcher(approval).matches()) {
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
        ROLL_BACK;

        /** Lower-case name with hyphens, as people write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
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

    /** The first moment, by the minute, in which something may move; empty where there is none within eight days. */
    public Optional<ZonedDateTime> firstOpen(ZonedDateTime from) {
        if (quietAt(from).isEmpty()) {
            return Optional.of(from);
        }
        ZonedDateTime minute = from.truncatedTo(ChronoUnit.MINUTES);
        return Stream.iterate(minute.plusMinutes(1), each -> each.plusMinutes(1))
                .limit(Duration.ofDays(8).toMinutes()) // a time of the week comes again after seven
                .filter(each -> quietAt(each).isEmpty())
                .findFirst();
    }

    static void requireDuration(List<String> problems, String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            problems.add("%s is %s but must be from 0 to %s".formatted(name, value, LONGEST));
        }
    }
}
