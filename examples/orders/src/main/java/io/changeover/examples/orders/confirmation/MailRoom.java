package io.changeover.examples.orders.confirmation;

import io.changeover.effect.EffectCall;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import java.util.UUID;

/**
 * Hands mail over to an SMTP server. A mail carries the key of its call in a header and, made from it, its Message-ID, so
 * that a server or client that sees it twice can know. Safe for use by several threads.
 */
public final class MailRoom {

    /** Header with the key of the call that has sent the mail. */
    public static final String KEY_HEADER = "X-Idempotency-Key";

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailOptions options;
    private final Session session;

    /** A mail room that connects to the server for each mail. */
    public MailRoom(MailOptions options) {
        this.options = options;
        String timeout = Long.toString(options.timeout().toMillis());
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", options.host());
        settings.setProperty("mail.smtp.port", Integer.toString(options.port()));
        settings.setProperty("mail.smtp.connectiontimeout", timeout);
        settings.setProperty("mail.smtp.timeout", timeout);
        settings.setProperty("mail.smtp.writetimeout", timeout);
        this.session = Session.getInstance(settings);
    }

    void send(String customerId, String subject, String text, EffectCall call) throws MessagingException {
        String id = messageId(call.key());
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id); // the library would make up another one for each attempt
            }
        };
        message.setFrom(new InternetAddress(options.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(customerId + "@" + options.domain(), true));
        message.setSubject(subject, UTF_8);
        message.setText(text, UTF_8);
        message.setHeader(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(call.time().atOffset(ZoneOffset.UTC)));
        message.setHeader(KEY_HEADER, call.key());
        Transport.send(message);
    }

    /** The Message-ID of the mail with this key; identifiers in a key may hold what an address may not. */
    String messageId(String key) {
        return "<%s@%s>".formatted(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)), options.domain());
    }
}
