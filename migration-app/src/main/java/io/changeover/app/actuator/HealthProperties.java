package io.changeover.app.actuator;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Health of views.
 *
 * @param views names of the views that count for whether this node is ready; by default all
 * @param interval how often the node looks at its views, at least a millisecond
 * @param patience how old a look may be before it counts no longer, as when the database is away; greater than the interval
 */
@ConfigurationProperties("changeover.health")
record HealthProperties(
        @DefaultValue Set<String> views,
        @DefaultValue("2s") Duration interval,
        @DefaultValue("10s") Duration patience) {

    HealthProperties {
        views = Set.copyOf(views);
        if (interval.toMillis() < 1 || patience.compareTo(interval) <= 0) {
            throw new IllegalArgumentException(
                    "Property changeover.health.interval is %s and must be at least 1 ms, and changeover.health.patience is %s and must be greater than it; correct them"
                            .formatted(interval, patience));
        }
    }

    boolean counts(String view) {
        return views.isEmpty() || views.contains(view);
    }
}
