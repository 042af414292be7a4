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
 */
public record ChangeoverState(
        String view,
        int serving,
        @Nullable Attempt latest,
        Map<Pin, Integer> pins,
        Map<Integer, Retirement> retirements) {

    /** Copies the maps. */
    public ChangeoverState {
        pins = Map.copyOf(pins);
        retirements = Map.copyOf(retirements);
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
     */
    public record Attempt(
            String id,
            int from,
            int to,
            Phase phase,
            int percent,
            @Nullable ParityFigures parity,
            @Nullable Instant parityAt,
            Instant since) {

        Attempt in(Phase next) {
            return new Attempt(id, from, to, next, percent, parity, parityAt, since);
        }

        Attempt at(int nextPercent, Phase next) {
            return new Attempt(id, from, to, next, nextPercent, parity, parityAt, since);
        }

        Attempt proven(ParityFigures figures, Instant at) {
            Phase next =
                    percent > 0 || phase == Phase.ROLLED_BACK ? phase : figures.equal() ? Phase.VERIFIED : Phase.LIVE;
            return new Attempt(id, from, to, next, percent, figures, at, since);
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
            return with(new Attempt(
                            declared.changeoverId(), declared.from(), declared.to(), Phase.DECLARED, 0, null, null, at))
                    .withoutPins();
        }
        if (event instanceof ChangeoverEvent.SunsetScheduled scheduled) {
            return retiring(
                    scheduled.version(), retirement -> retirement.until(scheduled.sunsetAt(), scheduled.link()));
        }
        if (event instanceof ChangeoverEvent.SunsetWithdrawn withdrawn) {
            return retiring(withdrawn.version(), retirement -> retirement.until(null, null));
        }
        Attempt attempt = latest;
        if (attempt == null) {
            return this;
        }
        if (event instanceof ChangeoverEvent.BackfillStarted) {
            return with(attempt.in(Phase.BACKFILLING));
        }
        if (event instanceof ChangeoverEvent.BackfillCompleted) {
            return with(attempt.in(Phase.LIVE));
        }
        if (event instanceof ChangeoverEvent.ParityRecorded recorded) {
            return with(attempt.proven(recorded.figures(), at));
        }
        if (event instanceof ChangeoverEvent.ReadsShifted shifted) {
            return with(attempt.at(shifted.percent(), phaseAt(shifted.percent())))
                    .superseding(attempt, shifted.percent() == 100, at);
        }
        if (event instanceof ChangeoverEvent.RolledBack) {
            return with(attempt.at(0, Phase.ROLLED_BACK))
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
            return new ChangeoverState(view, attempt.to(), attempt.in(Phase.COMPLETED), Map.of(), retirements);
        }
        if (event instanceof ChangeoverEvent.Aborted) {
            return with(attempt.in(Phase.ABORTED)).withoutPins();
        }
        return this;
    }

    private static Phase phaseAt(int percent) {
        return percent == 100 ? Phase.SERVING : percent == 0 ? Phase.ROLLED_BACK : Phase.SHIFTING;
    }

    private ChangeoverState with(Attempt attempt) {
        return new ChangeoverState(view, serving, attempt, pins, retirements);
    }

    private ChangeoverState withoutPins() {
        return new ChangeoverState(view, serving, latest, Map.of(), retirements);
    }

    private ChangeoverState pinning(Consumer<Map<Pin, Integer>> change) {
        Map<Pin, Integer> changed = new HashMap<>(pins);
        change.accept(changed);
        return new ChangeoverState(view, serving, latest, changed, retirements);
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
        return new ChangeoverState(view, serving, latest, pins, changed);
    }

    private ChangeoverState retiring(int version, UnaryOperator<Retirement> change) {
        Map<Integer, Retirement> changed = new HashMap<>(retirements);
        changed.computeIfPresent(version, (number, retirement) -> change.apply(retirement));
        return new ChangeoverState(view, serving, latest, pins, changed);
    }
}
