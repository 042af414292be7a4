package io.changeover.projection;

/** The segments of a version cannot be changed as was asked. A retry helps only where the message says so. */
public final class SegmentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String rule;

    SegmentRefusedException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** Name of the rule that is not kept. */
    public String rule() {
        return rule;
    }
}
