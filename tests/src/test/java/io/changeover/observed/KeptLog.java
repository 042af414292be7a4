package io.changeover.observed;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;

/** All that is logged in this process until it is closed, with fields and stack traces: as lines, and as records of ECS. */
final class KeptLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Kept text;
    private final Kept records;

    private record Kept(OutputStreamAppender<ILoggingEvent> appender, ByteArrayOutputStream bytes) {

        static Kept by(Encoder<ILoggingEvent> encoder, Logger root) {
            Kept kept = new Kept(new OutputStreamAppender<>(), new ByteArrayOutputStream());
            encoder.setContext(root.getLoggerContext());
            encoder.start();
            kept.appender.setContext(root.getLoggerContext());
            kept.appender.setEncoder(encoder);
            kept.appender.setOutputStream(kept.bytes);
            kept.appender.start();
            root.addAppender(kept.appender);
            return kept;
        }

        @Override
        public String toString() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    KeptLog() {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setPattern("%level %logger [%mdc] %msg%n%ex%n");
        text = Kept.by(lines, root);
        // What the application's file is written by where logging.structured.format.file is ecs.
        StructuredLogEncoder ecs = new StructuredLogEncoder();
        ecs.setFormat("ecs");
        records = Kept.by(ecs, root);
    }

    String text() {
        return text.toString();
    }

    /** A line of JSON for each. */
    String records() {
        return records.toString();
    }

    @Override
    public void close() {
        for (Kept kept : List.of(text, records)) {
            root.detachAppender(kept.appender);
            kept.appender.stop();
        }
    }
}
