package io.changeover.mirror;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Brokers do not answer. Nobody has to decide anything: once they do, all goes on by itself. */
final class SilentBrokersException extends KafkaException {

    /** @param about the partitions that they were asked about, none for all */
    SilentBrokersException(MirrorOptions options, Duration time, Set<TopicPartition> about, @Nullable Throwable cause) {
        super(
                "The brokers at '%s' have not answered for %d s%s, so what has come to topic '%s' since is not here; nothing is lost. Mend the brokers, or the way to them; it goes on by itself once they answer"
                        .formatted(
                                options.kafka().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
                                time.toSeconds(),
                                about.isEmpty()
                                        ? ""
                                        : about.stream()
                                                .map(TopicPartition::toString)
                                                .collect(Collectors.joining(", ", " about ", "")),
                                options.topic()),
                cause);
    }
}
