package io.changeover.examples.orders;

import io.changeover.examples.orders.confirmation.MailOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Confirmations of orders by mail.
 *
 * @param enabled whether orders are confirmed
 * @param host name of the SMTP server
 * @param port port of the SMTP server
 * @param from address of the sender
 * @param domain what follows the @ in a customer's address; the customer's identifier stands before it
 * @param timeout how long the server may take to answer
 */
@ConfigurationProperties("orders.confirmations")
public record OrdersConfirmationsProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("localhost") String host,
        @DefaultValue("25") int port,
        @DefaultValue("orders@wholesaler.example") String from,
        @DefaultValue("customers.example") String domain,
        @DefaultValue("10s") Duration timeout) {

    MailOptions options() {
        return new MailOptions(host, port, from, domain, timeout);
    }
}
