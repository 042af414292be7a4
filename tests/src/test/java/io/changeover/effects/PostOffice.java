package io.changeover.effects;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.changeover.examples.orders.confirmation.MailRoom;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real SMTP server on a port that stays the same when it is down for a while, and orders to be confirmed through it. */
final class PostOffice implements AutoCloseable {

    /** A mail as it came in. */
    record Mail(String key, String messageId, String text) {}

    private final int port;
    private final List<Mail> before = new ArrayList<>();
    private GreenMail server;

    PostOffice() {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open();
    }

    void open() {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @Override
    public void close() {
        before.addAll(now());
        server.stop();
    }

    /** Everything that ever came in. */
    List<Mail> mails() {
        return Stream.concat(before.stream(), now().stream()).toList();
    }

    private List<Mail> now() {
        return Arrays.stream(server.getReceivedMessages()).map(PostOffice::read).toList();
    }

    private static Mail read(MimeMessage message) {
        try {
            return new Mail(
                    message.getHeader(MailRoom.KEY_HEADER, null),
                    message.getMessageID(),
                    GreenMailUtil.getBody(message).strip());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings of a node that confirms orders here. */
    Map<String, String> settings(String node) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("changeover.node-id", node);
        settings.put("orders.confirmations.enabled", "true");
        settings.put("orders.confirmations.host", "127.0.0.1");
        settings.put("orders.confirmations.port", Integer.toString(port));
        settings.put("changeover.effects.interval", "20ms");
        settings.put("changeover.consumers.interval", "20ms");
        settings.put("changeover.effects.pause", "20ms");
        settings.put("changeover.effects.max-pause", "20ms");
        settings.put("changeover.effects.attempts", "1000");
        settings.put("changeover.effects.lease", "1s");
        return settings;
    }

    /** Appends an event by hand, as another program of the shop would. */
    static void placeOrder(TestDatabase database, String order) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('order-%1$s', 0, 'Order', 'placed-%1$s', '{}', convert_to('{"orderId":"%1$s","customerId":"103",
                    "customerName":"Atelier","contact":{"givenName":"Carine","familyName":"Schmitt"},
                    "orderDate":"2027-01-04","requiredDate":"2027-01-10","currency":"USD","comment":null}', 'UTF8'), '2',
                    'order.placed', '2027-01-04T00:00:00Z')"""
                        .formatted(order));
    }

    static String key(String order) {
        return "order-board/confirmation/placed-" + order;
    }

    /** Waits until every order up to now has its confirmation. */
    static void awaitQuiet(TestDatabase database) {
        String head = database.value("select max(global_index) from public.domain_event_entry");
        TestNode.await(() -> "t"
                .equals(database.value(
                        "select (select position from changeover.fence where view = 'order-board') >= %s and not exists (select from changeover.effect where state <> 'done')"
                                .formatted(head))));
    }
}
