package io.changeover.changeover;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state of a view as its events tell it. The aggregate decides by it and every node routes by it, so both always
 * mean the same. Immutable.
 *
 * @param view name of the view
 * @param serving version that serves every reader who has not been moved
 * @param latest the open changeover or the last one, or null before the first
 * @param pins readers who are served by one version whatever their cohort, with that version; empty without an open
 *     changeover
 * @param retirements versions that have been superseded, by number
 * @param disposals versions that were given up when their changeover was completed, by number
 */
public record ChangeoverState(
        String view,
        int serving,
        @Nullable Attempt latest,
        Map<Pin, Integer> pins,
        Map<Integer, Retirement> retirements,
        Map<Integer, Disposal> disposals) {

    /** Copies the maps. */
    public ChangeoverState {
        pins = Map.copyOf(pins);
        retirements = Map.copyOf(retirements);
        disposals = Map.copyOf(disposals);
    }

    /** A state in which no version was given up. */
    public ChangeoverState(
            String view,
            int serving,
            @Nullable Attempt latest,
            Map<Pin, Integer> pins,
            Map<Integer, Retirement> retirements) {
        this(view, serving, latest, pins, retirements, Map.of());
    }

    /** A state without pins and without superseded versions. */
    public ChangeoverState(String view, int serving, @Nullable Attempt latest) {
        this(view, serving, latest, Map.of(), Map.of());
    }

    /**
     * One changeover.
     *
     * @param id identifier
     * @param from version that served when it began
     * @param to version that is to take over
     * @param phase how far it has come
     * @param percent share of readers that the new version serves
     * @param parity the last comparison, or null
     * @param parityAt when that was recorded, or null
     * @param since when the changeover was declared
     * @param course how it is carried out
     */
    public record Attempt(
            String id,
            int from,
            int to,
            Phase phase,
            int percent,
            @Nullable ParityFigures parity,
            @Nullable Instant parityAt,
            Instant since,
            Course course) {

        /** A changeover that is not carried out by a plan. */
        public Attempt(
                String id,
                int from,
                int to,
                Phase phase,
                int percent,
                @Nullable ParityFigures parity,
                @Nullable Instant parityAt,
                Instant since) {
            this(id, from, to, phase, percent, parity, parityAt, since, Course.begun(since));
        }

        Attempt in(Phase next, Instant when) {
            return at(percent, next, when);
        }

        Attempt at(int nextPercent, Phase next, Instant when) {
            boolean same = next == phase && nextPercent == percent;
            return new Attempt(
                    id, from, to, next, nextPercent, parity, parityAt, since, same ? course : course.since(when));
        }

        Attempt by(Course next) {
            return new Attempt(id, from, to, phase, percent, parity, parityAt, since, next);
        }

        Attempt proven(ParityFigures figures, Instant when) {
            boolean decides = phase == Phase.CATCHING_UP || phase == Phase.VERIFYING || phase == Phase.SHADOWING;
            Phase next = !decides ? phase : figures.equal() ? Phase.SHADOWING : Phase.VERIFYING;
            return new Attempt(id, from, to, phase, percent, figures, when, since, course).in(next, when);
        }
    }

    /** The changeover that is not over, or null. */
    public @Nullable Attempt open() {
        return latest == null || latest.phase().closed() ? null : latest;
    }

    /** The readers who are pinned to the version, in order. */
    public List<Pin> pinnedTo(int version) {
        return pins.entrySet().stream()
                .filter(pin -> pin.getValue() == version)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The state after the first event of a view. */
    public static ChangeoverState of(ChangeoverEvent.ViewRegistered event) {
        return new ChangeoverState(event.view(), event.version(), null);
    }

    /**
     * The state after an event.
     *
     * @param event any but the first event of the view
     * @param at when it happened
     */
    public ChangeoverState after(ChangeoverEvent event, Instant at) {
        if (event instanceof ChangeoverEvent.Declared declared) {
            Attempt begun = new Attempt(
                    declared.changeoverId(),
                    declared.from(),
                    declared.to(),
                    Phase.DECLARED,
                    0,
                    null,
                    null,
                    at,
                    Course.begun(at, declared.actor()));
            return with(begun).withoutPins().disposing(declared.to(), null);
        }
        if (event instanceof ChangeoverEvent.SunsetScheduled scheduled) {
            return retiring(
                    scheduled.version(), retirement -> retirement.until(scheduled.sunsetAt(), scheduled.link()));
        }
        if (event instanceof ChangeoverEvent.SunsetWithdrawn withdrawn) {
            return retiring(withdrawn.version(), retirement -> retirement.until(null, null));
        }
        if (event instanceof ChangeoverEvent.VersionPurged purged) {
            return staged(purged.version(), Disposal.Stage.PURGED, at);
        }
        if (event instanceof ChangeoverEvent.VersionRestored restored) {
            return staged(restored.version(), Disposal.Stage.HELD, at);
        }
        if (event instanceof ChangeoverEvent.VersionDropped dropped) {
            return staged(dropped.version(), Disposal.Stage.DROPPED, at);
        }
        Attempt attempt = latest;
        return attempt == null ? this : after(event, attempt, at);
    }

    private ChangeoverState after(ChangeoverEvent event, Attempt attempt, Instant at) {
        if (event instanceof ChangeoverEvent.ParityRecorded recorded) {
            return with(attempt.proven(recorded.figures(), at));
        }
        if (event instanceof ChangeoverEvent.ReadsShifted shifted) {
            Attempt moved = attempt.at(shifted.percent(), phaseAt(shifted.percent()), at);
            return with(shifted.percent() < attempt.percent()
                            ? moved.by(moved.course().withoutApprovalsAbove(shifted.percent()))
                            : moved)
                    .superseding(attempt, shifted.percent() == 100, at);
        }
        if (event instanceof ChangeoverEvent.RolledBack) {
            Attempt back = attempt.at(0, Phase.ROLLING_BACK, at);
            return with(back.by(back.course().withoutApprovalsAbove(0)))
                    .superseding(attempt, false, at)
                    .pinning(changed -> changed.values().removeIf(version -> version == attempt.to()));
        }
        if (event instanceof ChangeoverEvent.ReaderPinned pinned) {
            return pinning(changed -> changed.put(new Pin(pinned.kind(), pinned.value()), pinned.version()));
        }
        if (event instanceof ChangeoverEvent.ReaderUnpinned unpinned) {
            return pinning(changed -> changed.remove(new Pin(unpinned.kind(), unpinned.value())));
        }
        if (event instanceof ChangeoverEvent.Completed) {
            return new ChangeoverState(
                            view, attempt.to(), attempt.in(Phase.COMPLETED, at), Map.of(), retirements, disposals)
                    .disposing(attempt.from(), new Disposal(Disposal.Stage.HELD, at, attempt.id()));
        }
        if (event instanceof ChangeoverEvent.Reopened) {
            return new ChangeoverState(
                            view, attempt.from(), attempt.in(Phase.SERVING, at), Map.of(), retirements, disposals)
                    .disposing(attempt.from(), null);
        }
        if (event instanceof ChangeoverEvent.Aborted) {
            return with(attempt.in(Phase.ABORTED, at)).withoutPins();
        }
        return with(carriedOut(event, attempt, at));
    }

    /** Events that tell how a changeover is carried out, and move no reader. */
    private static Attempt carriedOut(ChangeoverEvent event, Attempt attempt, Instant at) {
        Course course = attempt.course();
        if (event instanceof ChangeoverEvent.Prepared) {
            return attempt.in(Phase.PREPARED, at);
        }
        if (event instanceof ChangeoverEvent.BackfillStarted) {
            return attempt.in(Phase.BACKFILLING, at);
        }
        if (event instanceof ChangeoverEvent.BackfillCompleted) {
            return attempt.in(Phase.CATCHING_UP, at);
        }
        if (event instanceof ChangeoverEvent.CaughtUp) {
            return attempt.in(Phase.VERIFYING, at);
        }
        if (event instanceof ChangeoverEvent.SoakStarted) {
            return attempt.in(Phase.SOAKING, at);
        }
        if (event instanceof ChangeoverEvent.RollbackConfirmed) {
            return attempt.in(Phase.ROLLED_BACK, at);
        }
        if (event instanceof ChangeoverEvent.PlanAdopted adopted) {
            return attempt.by(course.following(adopted.plan(), adopted.actor()));
        }
        if (event instanceof ChangeoverEvent.StepApproved approved) {
            return attempt.by(course.approving(approved.percent()));
        }
        if (event instanceof ChangeoverEvent.StepHurried) {
            return attempt.by(course.hurrying());
        }
        if (event instanceof ChangeoverEvent.FlipRehearsed) {
            return attempt.by(course.rehearsed());
        }
        if (event instanceof ChangeoverEvent.WayBackProven) {
            return attempt.by(course.proven(at));
        }
        if (event instanceof ChangeoverEvent.Paused paused) {
            return attempt.by(course.halted(new Halt(Halt.Kind.PAUSED, paused.reason(), paused.actor(), at)));
        }
        if (event instanceof ChangeoverEvent.Failed failed) {
            return attempt.by(course.halted(new Halt(Halt.Kind.FAILED, failed.reason(), failed.actor(), at)));
        }
        if (event instanceof ChangeoverEvent.Resumed) {
            Attempt going = attempt.phase() == Phase.ROLLED_BACK ? attempt.in(Phase.VERIFYING, at) : attempt;
            return going.by(going.course().halted(null));
        }
        return attempt;
    }

    private static Phase phaseAt(int percent) {
        return percent == 100 ? Phase.SERVING : percent == 0 ? Phase.ROLLING_BACK : Phase.SHIFTING;
    }

    private ChangeoverState with(Attempt attempt) {
        return new ChangeoverState(view, serving, attempt, pins, retirements, disposals);
    }

    private ChangeoverState withoutPins() {
        return new ChangeoverState(view, serving, latest, Map.of(), retirements, disposals);
    }

    private ChangeoverState pinning(Consumer<Map<Pin, Integer>> change) {
        Map<Pin, Integer> changed = new HashMap<>(pins);
        change.accept(changed);
        return new ChangeoverState(view, serving, latest, changed, retirements, disposals);
    }

    /** A version whose readers have all moved is deprecated, and one that readers have come back to is not. */
    private ChangeoverState superseding(Attempt attempt, boolean superseded, Instant at) {
        Map<Integer, Retirement> changed = new HashMap<>(retirements);
        if (superseded) {
            changed.remove(attempt.to());
            changed.putIfAbsent(attempt.from(), new Retirement(at, null, null, attempt.to()));
        } else {
            changed.remove(attempt.from());
        }
        return new ChangeoverState(view, serving, latest, pins, changed, disposals);
    }

    private ChangeoverState retiring(int version, UnaryOperator<Retirement> change) {
        Map<Integer, Retirement> changed = new HashMap<>(retirements);
        changed.computeIfPresent(version, (number, retirement) -> change.apply(retirement));
        return new ChangeoverState(view, serving, latest, pins, changed, disposals);
    }

    private ChangeoverState staged(int version, Disposal.Stage stage, Instant at) {
        Disposal before = disposals.get(version);
        return before == null ? this : disposing(version, before.at(stage, at));
    }

    private ChangeoverState disposing(int version, @Nullable Disposal disposal) {
        Map<Integer, Disposal> changed = new HashMap<>(disposals);
        if (disposal == null) {
            changed.remove(version);
        } else {
            changed.put(version, disposal);
        }
        return new ChangeoverState(view, serving, latest, pins, retirements, changed);
    }
}
