package io.changeover.fleet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingSystem;

/** What is logged in a package until this is closed. Nodes that are started meanwhile leave logging as it is. */
final class KeptMessages extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Queue<ILoggingEvent> kept = new ConcurrentLinkedQueue<>();
    private final Logger logger;
    private final Level before;

    KeptMessages(String name) {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        logger = (Logger) LoggerFactory.getLogger(name);
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent message) {
        kept.add(message);
    }

    /** Warnings and errors. */
    List<String> warnings() {
        return kept.stream()
                .filter(message -> message.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** How many messages have the text. */
    long count(String text) {
        return kept.stream()
                .filter(message -> message.getFormattedMessage().contains(text))
                .count();
    }

    @Override
    public void close() {
        System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
        logger.detachAppender(this);
        logger.setLevel(before);
        stop();
    }
}
