package io.changeover.changeover;

import io.changeover.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a changeover is carried out. Immutable.
 *
 * @param plan what is planned, or null where a person takes each step
 * @param phaseSince since when it is in its phase, at its share of readers
 * @param halt why nothing moves forward, or null
 * @param approved steps whose begin has been approved, as percentages
 * @param hurried whether a person has asked to go on before the time of the step is over
 * @param rehearsals how often the flip of the routes was rehearsed
 * @param wayBackProven when the way back was proven, or null
 */
public record Course(
        @Nullable Plan plan,
        Instant phaseSince,
        @Nullable Halt halt,
        Set<Integer> approved,
        boolean hurried,
        int rehearsals,
        @Nullable Instant wayBackProven) {

    /** Copies the set. */
    public Course {
        approved = Set.copyOf(approved);
    }

    /** A course that has just begun. */
    public static Course begun(Instant at) {
        return new Course(null, at, null, Set.of(), false, 0, null);
    }

    /** The course by another plan, of which nothing is approved yet. */
    public Course following(Plan next) {
        return new Course(next, phaseSince, halt, Set.of(), false, rehearsals, wayBackProven);
    }

    Course since(Instant at) {
        return new Course(plan, at, halt, approved, false, rehearsals, wayBackProven);
    }

    Course halted(@Nullable Halt next) {
        return new Course(plan, phaseSince, next, approved, hurried, rehearsals, wayBackProven);
    }

    Course approving(int percent) {
        Set<Integer> all = new TreeSet<>(approved);
        all.add(percent);
        return new Course(plan, phaseSince, halt, all, hurried, rehearsals, wayBackProven);
    }

    /** Who agreed to a step did so before readers had to be taken back from it. */
    Course withoutApprovalsAbove(int percent) {
        Set<Integer> left = new TreeSet<>(approved);
        left.removeIf(step -> step > percent);
        return new Course(plan, phaseSince, halt, left, hurried, rehearsals, wayBackProven);
    }

    Course hurrying() {
        return new Course(plan, phaseSince, halt, approved, true, rehearsals, wayBackProven);
    }

    Course rehearsed() {
        return new Course(plan, phaseSince, halt, approved, hurried, rehearsals + 1, wayBackProven);
    }

    Course proven(Instant at) {
        return new Course(plan, phaseSince, halt, approved, hurried, rehearsals, at);
    }
}
