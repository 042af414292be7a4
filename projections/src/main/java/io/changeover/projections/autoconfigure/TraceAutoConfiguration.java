package io.changeover.projections.autoconfigure;

import io.changeover.stream.EventTable;
import io.changeover.stream.OrderedStream;
import io.changeover.trace.MicrometerTraces;
import io.changeover.trace.Traces;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.Span;
import java.util.function.BooleanSupplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.ClassUtils;

/** Spans of appends, of what versions write, of reads and of backfills, for applications that have a tracer. */
@AutoConfiguration(
        after = EventStoreAutoConfiguration.class,
        afterName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        },
        before = ProjectionsAutoConfiguration.class)
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean(Tracer.class)
class TraceAutoConfiguration {

    private static final String OPEN_TELEMETRY = "io.opentelemetry.api.trace.Span";
    private static final String OPEN_TELEMETRY_TRACER = "io.micrometer.tracing.otel.bridge.OtelTracer";

    @Bean
    @ConditionalOnMissingBean
    Traces traces(Tracer tracer) {
        return new MicrometerTraces(tracer, recording(tracer));
    }

    private static BooleanSupplier recording(Tracer tracer) {
        ClassLoader loader = tracer.getClass().getClassLoader();
        if (tracer.getClass().getName().equals(OPEN_TELEMETRY_TRACER) && ClassUtils.isPresent(OPEN_TELEMETRY, loader)) {
            return OpenTelemetry::recording;
        }
        return () -> {
            io.micrometer.tracing.Span span = tracer.currentSpan();
            return span != null && Boolean.TRUE.equals(span.context().sampled());
        };
    }

    /** Asked directly, OpenTelemetry answers without making anything; Micrometer wraps a span for each question. */
    private static final class OpenTelemetry {

        private OpenTelemetry() {}

        static boolean recording() {
            return Span.current().getSpanContext().isSampled();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(OrderedStream.class)
    static class Appends {

        @Bean
        AppendTrace appendTrace(EventStore events, Traces traces, JdbcTemplate jdbc, EventTable table) {
            return new AppendTrace(events, traces, jdbc, table);
        }
    }
}
