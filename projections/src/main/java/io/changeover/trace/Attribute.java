package io.changeover.trace;

/** What the spans of this library say, one word for one thing as everywhere; {@code docs/tracing.md} explains each. */
public final class Attribute {

    /** Name of a view. */
    public static final String VIEW = "changeover.view";

    /** Number of the version that wrote, or answered. */
    public static final String VERSION = "changeover.version";

    /** Stable name of an event, as stored. */
    public static final String EVENT = "changeover.event";

    /** Revision of the event, as stored; left out where it has none. */
    public static final String REVISION = "changeover.revision";

    /** Position of an event; of the last one where there are several. */
    public static final String POSITION = "changeover.position";

    /** Position of the first event. */
    public static final String FIRST_POSITION = "changeover.position.first";

    /** How many events. */
    public static final String EVENTS = "changeover.events";

    /** Types of the aggregates whose events were appended. */
    public static final String AGGREGATE_TYPE = "changeover.aggregate.type";

    /** Why the version was to answer, such as {@code cohort}. */
    public static final String REASON = "changeover.reason";

    /** Whether another version answered because the one that was to could not. */
    public static final String FALLBACK = "changeover.fallback";

    /** What became of a backfill, such as {@code done}. */
    public static final String OUTCOME = "changeover.outcome";

    private Attribute() {}
}
