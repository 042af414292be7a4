package io.changeover.projections.autoconfigure;

import io.changeover.changeover.ChangeoverState;
import io.changeover.meter.FiguresSample;
import io.changeover.meter.StoreFigures;
import io.changeover.meter.StoreFigures.OfNode;
import io.changeover.meter.StoreFigures.OfTopic;
import io.changeover.meter.StoreFigures.OfVersion;
import io.changeover.meter.StoreFigures.OpenEffects;
import io.changeover.projections.autoconfigure.FollowingGauge.Series;
import io.changeover.serving.Router;
import io.changeover.view.VersionId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Meters of what the store says, all by one reading that is some seconds old at most. While the database cannot be asked
 * they show nothing, and nobody who looks at them waits for it. Tags are views and versions of the application, and nodes
 * within a limit.
 */
final class StoreMeters implements MeterBinder {

    private final FiguresSample sample;
    private final Router router;
    private final List<FollowingGauge> gauges;

    StoreMeters(FiguresSample sample, Router router) {
        this.sample = sample;
        this.router = router;
        this.gauges = List.of(
                ofVersions(
                        "changeover.projection.lag",
                        "Positions of the store that the version, which follows live events, has not applied yet",
                        "events",
                        OfVersion::follows,
                        OfVersion::lag),
                ofVersions(
                        "changeover.projection.delay",
                        "Time since the oldest event happened that the version, which follows live events, has not applied yet",
                        "seconds",
                        OfVersion::follows,
                        OfVersion::delay),
                ofVersions(
                        "changeover.projection.dead.letters",
                        "Events that wait because they could not be applied",
                        "events",
                        version -> true,
                        OfVersion::deadLetters),
                ofVersions(
                        "changeover.consumers",
                        "Consumers whom the version has answered within a day, those without a name as one",
                        null,
                        version -> true,
                        OfVersion::consumers),
                new FollowingGauge(
                        "changeover.projection.state",
                        MeterScope.STORE,
                        "1 for the state in which the version is",
                        null,
                        this::states),
                ofEffects(
                        "changeover.effects.pending",
                        "Effects that are to be done, or to be made up for",
                        OpenEffects::pending),
                ofEffects(
                        "changeover.effects.failed",
                        "Effects that have failed for good and wait for a person",
                        OpenEffects::failed),
                new FollowingGauge(
                        "changeover.autopilot.claim",
                        MeterScope.STORE,
                        "1 while a node that is heard of carries the view's changeover, which has a plan, else 0",
                        null,
                        this::claims),
                ofNodes("changeover.node.silence", "Time since the node was heard of", "seconds", OfNode::silence),
                ofNodes(
                        "changeover.node.behind",
                        "Views whose latest decision the node has not acknowledged",
                        "views",
                        OfNode::behind),
                ofNodes(
                        "changeover.node.acknowledgement.lag",
                        "Time since the oldest decision that the node has not acknowledged",
                        "seconds",
                        OfNode::lag),
                ofTopics(
                        "changeover.topic.lag",
                        "Positions of the store after the last whose events are on the topic",
                        "events",
                        StoreFigures::published,
                        OfTopic::lag),
                ofTopics(
                        "changeover.topic.failing",
                        "1 while the topic is not published on, and waits for brokers or a person, else 0",
                        null,
                        StoreFigures::published,
                        topic -> topic.failing() ? 1 : 0),
                ofTopics(
                        "changeover.mirror.lag",
                        "Records of the topic that the views follow which were still to be carried when the last ones were",
                        "events",
                        StoreFigures::carried,
                        OfTopic::lag),
                ofTopics(
                        "changeover.mirror.failing",
                        "1 while the topic that the views follow is not carried on, and waits for brokers or a person, else 0",
                        null,
                        StoreFigures::carried,
                        topic -> topic.failing() ? 1 : 0));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauges.forEach(gauge -> gauge.bindTo(registry));
        Gauge.builder("changeover.meters.age", sample::age)
                .description(MeterScope.NODE.says("Time since the store was last read for meters"))
                .baseUnit("seconds")
                .register(registry);
    }

    /** Takes note of what has come and gone with the last reading. */
    void refresh() {
        gauges.forEach(FollowingGauge::refresh);
    }

    private FollowingGauge ofVersions(
            String name,
            String description,
            @Nullable String unit,
            Predicate<OfVersion> which,
            ToDoubleFunction<OfVersion> value) {
        return new FollowingGauge(name, MeterScope.STORE, description, unit, () -> versions()
                .filter(version -> which.test(version.getValue()))
                .map(version -> new Series(
                        tags(version.getKey()),
                        () -> now(
                                figures -> figures.versions().get(version.getKey()),
                                each -> which.test(each) ? value.applyAsDouble(each) : Double.NaN))));
    }

    private Stream<Series> states() {
        return versions()
                .map(version -> new Series(
                        tags(version.getKey()).and("state", version.getValue().state()),
                        () -> now(
                                figures -> figures.versions().get(version.getKey()),
                                each -> each.state().equals(version.getValue().state()) ? 1 : 0)));
    }

    private FollowingGauge ofEffects(String name, String description, ToDoubleFunction<OpenEffects> value) {
        return new FollowingGauge(
                name, MeterScope.STORE, description, "effects", () -> figures(StoreFigures::effects).keySet().stream()
                        .map(view -> new Series(
                                Tags.of("view", view),
                                () -> now(figures -> figures.effects().get(view), value))));
    }

    private Stream<Series> claims() {
        return figures(StoreFigures::claims).keySet().stream()
                .filter(this::isPlanned)
                .map(view -> new Series(
                        Tags.of("view", view),
                        () -> now(figures -> figures.claims().get(view), held -> held ? 1 : 0)));
    }

    private boolean isPlanned(String view) {
        return router.state(view)
                .map(ChangeoverState::open)
                .filter(attempt -> attempt.course().plan() != null)
                .isPresent();
    }

    private FollowingGauge ofNodes(String name, String description, String unit, ToDoubleFunction<OfNode> value) {
        return new FollowingGauge(name, MeterScope.STORE, description, unit, () -> sample.latest().stream()
                .flatMap(figures -> figures.nodes().stream())
                .map(node -> new Series(
                        Tags.of("node", node.node()),
                        () -> now(
                                figures -> figures.nodes().stream()
                                        .filter(each -> each.node().equals(node.node()))
                                        .findFirst()
                                        .orElse(null),
                                value))));
    }

    private FollowingGauge ofTopics(
            String name,
            String description,
            @Nullable String unit,
            Function<StoreFigures, List<OfTopic>> which,
            ToDoubleFunction<OfTopic> value) {
        return new FollowingGauge(name, MeterScope.STORE, description, unit, () -> sample.latest().stream()
                .flatMap(figures -> which.apply(figures).stream())
                .map(topic -> new Series(
                        Tags.of("topic", topic.topic()),
                        () -> now(
                                figures -> which.apply(figures).stream()
                                        .filter(each -> each.topic().equals(topic.topic()))
                                        .findFirst()
                                        .orElse(null),
                                value))));
    }

    private Stream<Map.Entry<VersionId, OfVersion>> versions() {
        return figures(StoreFigures::versions).entrySet().stream();
    }

    private <K, V> Map<K, V> figures(Function<StoreFigures, Map<K, V>> part) {
        return sample.latest().map(part).orElse(Map.of());
    }

    private <T> double now(Function<StoreFigures, @Nullable T> part, ToDoubleFunction<T> value) {
        StoreFigures figures = sample.latest().orElse(null);
        T found = figures == null ? null : part.apply(figures);
        return found == null ? Double.NaN : value.applyAsDouble(found);
    }

    private static Tags tags(VersionId version) {
        return Tags.of("view", version.view(), "version", Integer.toString(version.version()));
    }
}
