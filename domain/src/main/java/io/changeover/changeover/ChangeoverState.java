package io.changeover.changeover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a view as its events tell it. The aggregate decides by it and every node routes by it, so both always
 * mean the same. Immutable.
 *
 * @param view name of the view
 * @param serving version that serves every reader who has not been moved
 * @param latest the open changeover or the last one, or null before the first
 */
public record ChangeoverState(String view, int serving, @Nullable Attempt latest) {

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
                    declared.changeoverId(), declared.from(), declared.to(), Phase.DECLARED, 0, null, null, at));
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
            return with(attempt.at(shifted.percent(), phaseAt(shifted.percent())));
        }
        if (event instanceof ChangeoverEvent.RolledBack) {
            return with(attempt.at(0, Phase.ROLLED_BACK));
        }
        if (event instanceof ChangeoverEvent.Completed) {
            return new ChangeoverState(view, attempt.to(), attempt.in(Phase.COMPLETED));
        }
        if (event instanceof ChangeoverEvent.Aborted) {
            return with(attempt.in(Phase.ABORTED));
        }
        return this;
    }

    private static Phase phaseAt(int percent) {
        return percent == 100 ? Phase.SERVING : percent == 0 ? Phase.ROLLED_BACK : Phase.SHIFTING;
    }

    private ChangeoverState with(Attempt attempt) {
        return new ChangeoverState(view, serving, attempt);
    }
}
