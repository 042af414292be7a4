package io.changeover.projections.autoconfigure;

import io.changeover.operation.LiveTopicOperations;
import io.changeover.operation.MirrorOperations;
import io.changeover.operation.NoMirrorOperations;
import io.changeover.operation.TopicOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.publish.Publishing;
import io.changeover.publish.Topic;
import io.changeover.publish.TopicLedger;
import io.changeover.stream.CommitSignals;
import io.changeover.stream.OrderedStream;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the topics that an application declares as beans. */
@AutoConfiguration(after = {ProjectionsAutoConfiguration.class, SignalsAutoConfiguration.class})
@ConditionalOnBean(ProjectionStore.class)
class PublishAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TopicOperations topicOperations(ObjectProvider<Topic> topics, OrderedStream stream, ProjectionStore store) {
        return new LiveTopicOperations(new TopicLedger(topics.stream().toList(), stream, store));
    }

    @Bean
    @ConditionalOnMissingBean(MirrorOperations.class)
    NoMirrorOperations noMirrorOperations() {
        return new NoMirrorOperations();
    }

    /** For nodes that publish. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Producer.class)
    @ConditionalOnBean(Topic.class)
    @ConditionalOnBooleanProperty(name = "changeover.publish.enabled", matchIfMissing = true)
    @EnableConfigurationProperties(PublishProperties.class)
    static class Publishers {

        @Bean
        Publishing publishing(
                List<Topic> topics,
                OrderedStream stream,
                EventReader reader,
                EventSteps steps,
                ProjectionStore store,
                PublishProperties properties,
                ChangeoverProperties changeover,
                ObjectProvider<CommitSignals> signals) {
            Publishing publishing =
                    new Publishing(topics, stream, reader, steps, store, properties.options(changeover.pollInterval()));
            signals.ifAvailable(known -> known.onCommit(publishing::wake));
            return publishing;
        }

        @Bean
        LoopLifecycle publishingLifecycle(Publishing publishing) {
            return new LoopLifecycle(publishing::start, publishing::close);
        }

        @Bean
        CommitWake publishingWake(EventStore events, Publishing publishing) {
            return new CommitWake(events, "publishing", publishing::wake);
        }
    }
}
