package io.changeover.fallback;

import java.util.function.ToLongFunction;

/**
 * How calls ended that were the new version's to answer; see {@link Outcome} for what each number means.
 *
 * @param answered by the new version
 * @param failed calls in which it threw
 * @param timedOut calls in which it took too long
 * @param busy calls for which no worker was free
 * @param shed calls that came while the breaker was open
 * @param refusedByBoth calls that no version answered
 * @param interrupted calls whose caller was interrupted
 */
public record FallbackCounts(
        long answered, long failed, long timedOut, long busy, long shed, long refusedByBoth, long interrupted) {

    static final FallbackCounts NONE = new FallbackCounts(0, 0, 0, 0, 0, 0, 0);

    static FallbackCounts of(ToLongFunction<Outcome> count) {
        return new FallbackCounts(
                count.applyAsLong(Outcome.ANSWERED),
                count.applyAsLong(Outcome.FAILED),
                count.applyAsLong(Outcome.TIMED_OUT),
                count.applyAsLong(Outcome.BUSY),
                count.applyAsLong(Outcome.SHED),
                count.applyAsLong(Outcome.REFUSED_BY_BOTH),
                count.applyAsLong(Outcome.INTERRUPTED));
    }

    /** Calls that ended so. */
    public long of(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> answered;
            case FAILED -> failed;
            case TIMED_OUT -> timedOut;
            case BUSY -> busy;
            case SHED -> shed;
            case REFUSED_BY_BOTH -> refusedByBoth;
            case INTERRUPTED -> interrupted;
        };
    }

    /** All calls, however they ended. */
    public long calls() {
        return answered + failed + timedOut + busy + shed + refusedByBoth + interrupted;
    }

    /** These and the others. */
    public FallbackCounts plus(FallbackCounts others) {
        return new FallbackCounts(
                answered + others.answered,
                failed + others.failed,
                timedOut + others.timedOut,
                busy + others.busy,
                shed + others.shed,
                refusedByBoth + others.refusedByBoth,
                interrupted + others.interrupted);
    }

    FallbackCounts minus(FallbackCounts others) {
        return new FallbackCounts(
                answered - others.answered,
                failed - others.failed,
                timedOut - others.timedOut,
                busy - others.busy,
                shed - others.shed,
                refusedByBoth - others.refusedByBoth,
                interrupted - others.interrupted);
    }
}
