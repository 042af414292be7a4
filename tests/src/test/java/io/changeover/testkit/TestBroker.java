package io.changeover.testkit;

import java.util.Map;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The one Kafka broker of this JVM: a container where a Docker engine answers, one in this process where none does. Either
 * way it is a real broker under KRaft, and ends with the JVM. Tests have topics of their own.
 */
public final class TestBroker {

    private static final String SERVERS = start();

    private TestBroker() {}

    private static String start() {
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    @SuppressWarnings("resource") // Testcontainers removes it when the JVM ends
    private static String container() {
        KafkaContainer kafka = new KafkaContainer("apache/kafka:4.2.0")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
                .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1");
        kafka.start();
        return kafka.getBootstrapServers();
    }

    private static String embedded() {
        EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
        // With one broker the first transaction would wait for others for ever.
        broker.brokerProperties(Map.of(
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "offsets.topic.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0",
                "auto.create.topics.enable", "false"));
        broker.afterPropertiesSet();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
        return broker.getBrokersAsString();
    }

    /** Addresses of the broker. */
    public static String servers() {
        return SERVERS;
    }
}
