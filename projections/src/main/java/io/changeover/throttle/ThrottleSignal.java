package io.changeover.throttle;

/**
 * Something that says whether the live side suffers. A bean of this type is read along with the signals that are there
 * already, about four times a second while work goes on, on one thread at a time that may be another each time.
 */
public interface ThrottleSignal {

    /** Short name that does not change and that no other signal has, in words joined by hyphens. */
    String name();

    /**
     * Takes one look. A look that takes longer than a moment counts as failed, and work stops after two of those in a
     * row, because what cannot be seen may well be in trouble; the next look waits until this one has ended.
     *
     * @param limits the limits of this moment; a signal of another kind has its own limit and ignores them
     * @throws Exception when nothing can be said; the message is shown to people
     */
    SignalReading read(ThrottleLimits limits) throws Exception;
}
