package io.changeover.examples.orders.confirmation;

import java.time.Duration;

/**
 * Where mail is handed over.
 *
 * @param host name of the SMTP server
 * @param port its port, 1 to 65,535
 * @param from address of the sender
 * @param domain what follows the @ in a customer's address; the customer's identifier stands before it
 * @param timeout how long the server may take to answer, at least a millisecond
 */
public record MailOptions(String host, int port, String from, String domain, Duration timeout) {

    /** @throws IllegalArgumentException when the port or the timeout lies outside of its bounds */
    public MailOptions {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "orders.confirmations.port is %d but must be from 1 to 65535; correct it".formatted(port));
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "orders.confirmations.timeout is %s but must be at least 1 ms; set a longer one"
                            .formatted(timeout));
        }
    }
}
