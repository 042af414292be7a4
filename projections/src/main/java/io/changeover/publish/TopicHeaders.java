package io.changeover.publish;

/**
 * Names of the headers that each record has. Their values are text in UTF-8; numbers are decimal. The record's key is the
 * identifier of the aggregate, its value the payload as JSON, its time that of the event.
 */
public final class TopicHeaders {

    /** Stable name of the event. */
    public static final String NAME = "event-name";

    /** Revision of the payload; absent for one without. */
    public static final String REVISION = "event-revision";

    /** Position in the event store. Records of one key have ascending positions. */
    public static final String POSITION = "event-position";

    /** Unique identifier of the event in the store. */
    public static final String ID = "event-id";

    /** Number of the record among those that one stored event became, from 0; absent where it became one. */
    public static final String PART = "event-part";

    /** When the event happened, in ISO 8601 and as exactly as the store has it; the record's own time has milliseconds. */
    public static final String TIME = "event-time";

    /** Type of the aggregate; absent for an event without. */
    public static final String AGGREGATE_TYPE = "aggregate-type";

    /** Number of the event within its aggregate, from 0. */
    public static final String SEQUENCE = "aggregate-sequence";

    /** Trace in which the event was appended, as W3C Trace Context has it; absent where that was not sampled. */
    public static final String TRACE = "traceparent";

    private TopicHeaders() {}
}
