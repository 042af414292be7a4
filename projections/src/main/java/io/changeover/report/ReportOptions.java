package io.changeover.report;

import java.time.Duration;

/**
 * How reports are made and kept.
 *
 * @param interval how often it is looked whether a changeover has ended, 10 ms to an hour
 * @param settle how long after the end a kept report is still written anew, because nodes tell their counts late; 0 to
 *     an hour
 * @param budgetShare share of calls that may fall back, from 0 to 1
 */
public record ReportOptions(Duration interval, Duration settle, double budgetShare) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException when a value is out of its bounds */
    public ReportOptions {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "changeover.report.interval is %s but must be from 10 ms to an hour; correct it"
                            .formatted(interval));
        }
        if (settle.isNegative() || settle.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "changeover.report.settle is %s but must be from 0 to an hour; correct it".formatted(settle));
        }
        if (!(budgetShare >= 0 && budgetShare <= 1)) {
            throw new IllegalArgumentException(
                    "changeover.fallback.error-budget is %s but must be from 0 to 1; correct it"
                            .formatted(budgetShare));
        }
    }

    /** 5 s, 30 s, and one call in a thousand. */
    public static ReportOptions defaults() {
        return new ReportOptions(Duration.ofSeconds(5), Duration.ofSeconds(30), 0.001);
    }
}
