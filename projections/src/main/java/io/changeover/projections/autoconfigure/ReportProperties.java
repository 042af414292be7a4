package io.changeover.projections.autoconfigure;

import io.changeover.report.ReportOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reports of changeovers that are over.
 *
 * @param enabled whether this node keeps them; asked for by name they are made all the same. By default true
 * @param interval how often it is looked whether a changeover has ended. By default 5 s
 * @param settle how long after the end a report is still written anew, because nodes tell their counts late. By default 30 s
 */
@ConfigurationProperties("changeover.report")
record ReportProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("30s") Duration settle) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    ReportOptions options(double budgetShare) {
        return new ReportOptions(interval, settle, budgetShare);
    }
}
