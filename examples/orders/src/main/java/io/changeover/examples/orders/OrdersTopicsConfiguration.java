package io.changeover.examples.orders;

import io.changeover.publish.Topic;
import io.changeover.upcast.Revision;
import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The wholesaler's topics, published where there are brokers: for those who know the first release, and for today's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("changeover.publish.kafka.bootstrap.servers")
class OrdersTopicsConfiguration {

    @Bean
    Topic ordersV1() {
        return Topic.of(
                        "orders.v1",
                        Revision.of("customer.registered", 1),
                        Revision.of("order.placed", 1),
                        Revision.of("order.line-added", 1),
                        Revision.of("payment.received", 1))
                .readBy("billing")
                .until(Instant.parse("2028-06-30T00:00:00Z"));
    }

    @Bean
    Topic ordersV3() {
        return Topic.of(
                "orders.v3",
                Revision.of("customer.registered", 3),
                Revision.of("customer.contact-changed", 2),
                Revision.of("customer.credit-limit-set", 2),
                Revision.of("order.placed", 2),
                Revision.of("order.line-added", 2),
                Revision.of("order.shipped", 1),
                Revision.of("order.cancelled", 1),
                Revision.of("order.put-on-hold", 1),
                Revision.of("order.disputed", 1),
                Revision.of("order.resolved", 1),
                Revision.of("payment.received", 3));
    }
}
