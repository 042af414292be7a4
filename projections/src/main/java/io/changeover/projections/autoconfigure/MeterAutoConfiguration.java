package io.changeover.projections.autoconfigure;

import io.changeover.meter.FiguresSample;
import io.changeover.meter.MeterFeed;
import io.changeover.meter.PhaseTimes;
import io.changeover.meter.StoreFiguresOptions;
import io.changeover.meter.StoreFiguresReader;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.publish.Topic;
import io.changeover.serving.RouteFollower;
import io.changeover.serving.Router;
import io.changeover.throttle.Governor;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What shows monitoring how views, their changeovers and this node fare, for applications that have Micrometer. */
@AutoConfiguration(after = AutopilotAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(ProjectionStore.class)
@EnableConfigurationProperties(MeterProperties.class)
class MeterAutoConfiguration {

    @Bean
    NodeMeters nodeMeters(Versions versions, Projections projections, RouteFollower follower, Governor governor) {
        return new NodeMeters(versions, projections, follower, governor);
    }

    @Bean
    ReadMeters readMeters() {
        return new ReadMeters();
    }

    @Bean
    AppendMeters appendMeters() {
        return new AppendMeters();
    }

    @Bean
    AppendTimer appendMeterTimer(EventStore events, AppendMeters meters) {
        return new AppendTimer(events, "meters", meters::committed);
    }

    /** What is read from the store. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "changeover.meters.enabled", matchIfMissing = true)
    static class Store {

        @Bean
        FiguresSample figuresSample(
                Versions versions,
                ObjectProvider<Topic> topics,
                ProjectionStore store,
                MeterProperties properties,
                AutopilotProperties autopilot) {
            StoreFiguresOptions options = properties.options(autopilot.takeover());
            return new FiguresSample(
                    new StoreFiguresReader(
                                    versions,
                                    topics.stream().map(Topic::name).collect(Collectors.toSet()),
                                    store,
                                    options)::read,
                    options,
                    System::nanoTime);
        }

        @Bean
        StoreMeters storeMeters(FiguresSample sample, Router router) {
            return new StoreMeters(sample, router);
        }

        @Bean
        ChangeoverMeters changeoverMeters(Versions versions, Router router, EventStore events, Clock clock) {
            return new ChangeoverMeters(versions, router, new PhaseTimes(events, router, clock), clock);
        }

        @Bean
        LoopLifecycle meterLifecycle(
                FiguresSample sample, StoreMeters store, ChangeoverMeters changeovers, MeterProperties properties) {
            // Changeovers first: they need no database, and a reading may hang in it.
            MeterFeed feed = new MeterFeed(
                    List.of(changeovers::refresh, sample::refresh, store::refresh), properties.interval());
            return new LoopLifecycle(feed::start, feed::close);
        }
    }
}
