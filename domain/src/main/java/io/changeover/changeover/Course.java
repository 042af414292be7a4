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
 * @param declaredBy who declared the changeover, or null where that is not known
 * @param plannedBy who gave it its plan, or null where it has none
 */
public record Course(
        @Nullable Plan plan,
        Instant phaseSince,
        @Nullable Halt halt,
        Set<Integer> approved,
        boolean hurried,
        int rehearsals,
        @Nullable Instant wayBackProven,
        @Nullable String declaredBy,
        @Nullable String plannedBy) {

    /** Copies the set. */
    public Course {
        approved = Set.copyOf(approved);
    }

    /** A course of which nobody asks who began it. */
    public Course(
            @Nullable Plan plan,
            Instant phaseSince,
            @Nullable Halt halt,
            Set<Integer> approved,
            boolean hurried,
            int rehearsals,
            @Nullable Instant wayBackProven) {
        this(plan, phaseSince, halt, approved, hurried, rehearsals, wayBackProven, null, null);
    }

    /** A course that has just begun. */
    public static Course begun(Instant at) {
        return new Course(null, at, null, Set.of(), false, 0, null);
    }

    static Course begun(Instant at, String actor) {
        return new Course(null, at, null, Set.of(), false, 0, null, actor, null);
    }

    /** The course by another plan, of which nothing is approved yet. */
    public Course following(Plan next) {
        return following(next, null);
    }

    Course following(Plan next, @Nullable String actor) {
        return new Course(next, phaseSince, halt, Set.of(), false, rehearsals, wayBackProven, declaredBy, actor);
    }

    /** Whether the name is of whoever began this, and so has looked already. */
    boolean isBegunBy(String actor) {
        return actor.equals(declaredBy) || actor.equals(plannedBy);
    }

    Course since(Instant at) {
        return new Course(plan, at, halt, approved, false, rehearsals, wayBackProven, declaredBy, plannedBy);
    }

    Course halted(@Nullable Halt next) {
        return new Course(plan, phaseSince, next, approved, hurried, rehearsals, wayBackProven, declaredBy, plannedBy);
    }

    Course approving(int percent) {
        Set<Integer> all = new TreeSet<>(approved);
        all.add(percent);
        return new Course(plan, phaseSince, halt, all, hurried, rehearsals, wayBackProven, declaredBy, plannedBy);
    }

    /** Who agreed to a step did so before readers had to be taken back from it. */
    Course withoutApprovalsAbove(int percent) {
        Set<Integer> left = new TreeSet<>(approved);
        left.removeIf(step -> step > percent);
        return new Course(plan, phaseSince, halt, left, hurried, rehearsals, wayBackProven, declaredBy, plannedBy);
    }

    Course hurrying() {
        return new Course(plan, phaseSince, halt, approved, true, rehearsals, wayBackProven, declaredBy, plannedBy);
    }

    Course rehearsed() {
        return new Course(
                plan, phaseSince, halt, approved, hurried, rehearsals + 1, wayBackProven, declaredBy, plannedBy);
    }

    Course proven(Instant at) {
        return new Course(plan, phaseSince, halt, approved, hurried, rehearsals, at, declaredBy, plannedBy);
    }
}
