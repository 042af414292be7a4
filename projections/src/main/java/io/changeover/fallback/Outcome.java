package io.changeover.fallback;

import java.util.Locale;

/** How a call ended that was the new version's to answer. */
public enum Outcome {
    /** The new version has answered. */
    ANSWERED,
    /** It threw, and the old version answered; or it threw an error that no other version can make good. */
    FAILED,
    /** It took longer than the view's time limit, and the old version answered. */
    TIMED_OUT,
    /** All workers were held by other calls, so the old version was asked at once. */
    BUSY,
    /** The breaker was open, so the old version was asked at once. */
    SHED,
    /** It did not answer, and neither did the old version: the call is at fault, or what both rest on. */
    REFUSED_BY_BOTH,
    /** The thread of the caller was interrupted while it waited, and the old version was asked. */
    INTERRUPTED;

    /** Name as people see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the call is one that the new version was to answer and by its own fault, or for it, did not. */
    boolean spendsBudget() {
        return this == FAILED || this == TIMED_OUT || this == BUSY || this == SHED;
    }

    /** Whether the call says something about the new version, for or against it. */
    boolean isJudged() {
        return this == ANSWERED || spendsBudget();
    }
}
