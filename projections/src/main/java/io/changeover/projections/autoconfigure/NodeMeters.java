package io.changeover.projections.autoconfigure;

import io.changeover.projection.Projections;
import io.changeover.serving.RouteFollower;
import io.changeover.throttle.Governor;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of how this node itself fares, none of which asks the database. Tags are view and version, so their number is that
 * of what a team declares.
 */
final class NodeMeters implements MeterBinder {

    private final Versions versions;
    private final Projections projections;
    private final RouteFollower follower;
    private final Governor governor;

    NodeMeters(Versions versions, Projections projections, RouteFollower follower, Governor governor) {
        this.versions = versions;
        this.projections = projections;
        this.follower = follower;
        this.governor = governor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (VersionDefinition version : versions.built()) {
            VersionId id = version.id();
            Tags tags = Tags.of("view", id.view(), "version", Integer.toString(id.version()));
            FunctionCounter.builder("changeover.projection.written", projections, each -> each.rowsWritten(id))
                    .description(MeterScope.NODE.says("Rows inserted, changed or deleted, live and by backfills"))
                    .baseUnit("rows")
                    .tags(tags)
                    .register(registry);
            Gauge.builder("changeover.projection.stuck", () -> projections.isStuck(id) ? 1 : 0)
                    .description(
                            MeterScope.NODE.says(
                                    "1 while events of the version are to be applied and cannot be, so that it stands still, else 0"))
                    .tags(tags)
                    .register(registry);
        }
        Gauge.builder("changeover.node.unaware", () -> follower.unknownFor().toMillis() / 1e3)
                .description(
                        MeterScope.NODE.says(
                                "Time since it was last known for sure which version serves, of the view for which that is longest ago"))
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("changeover.throttle.stopped", () -> governor.isStopped() ? 1 : 0)
                .description(MeterScope.NODE.says(
                        "1 while background work stands still, by a signal of live traffic or by a person, else 0"))
                .register(registry);
    }
}
