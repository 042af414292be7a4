package io.changeover.examples.orders;

import io.changeover.examples.orders.confirmation.ConfirmationsV1;
import io.changeover.examples.orders.confirmation.ConfirmationsV2;
import io.changeover.examples.orders.confirmation.MailRoom;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Confirmations of both versions, where they are wanted: which of them acts, the fence says. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("orders.confirmations.enabled")
class OrdersConfirmationsConfiguration {

    @Bean
    MailRoom ordersMailRoom(OrdersConfirmationsProperties properties) {
        return new MailRoom(properties.options());
    }

    @Bean
    ConfirmationsV1 ordersConfirmationsV1(MailRoom mail) {
        return new ConfirmationsV1(mail);
    }

    @Bean
    ConfirmationsV2 ordersConfirmationsV2(MailRoom mail) {
        return new ConfirmationsV2(mail);
    }
}
