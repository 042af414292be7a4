package io.changeover.trace;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Spans of the application's tracer. */
public final class MicrometerTraces implements Traces {

    private static final int TRACE_DIGITS = 32;

    private final Tracer tracer;
    private final BooleanSupplier recording;

    /**
     * @param tracer the application's tracer
     * @param recording whether a sampled span is under way on the thread that asks
     */
    public MicrometerTraces(Tracer tracer, BooleanSupplier recording) {
        this.tracer = tracer;
        this.recording = recording;
    }

    @Override
    public boolean recording() {
        return recording.getAsBoolean();
    }

    @Override
    public Work begin(String name) {
        return new MicrometerWork(tracer.nextSpan().name(name).start());
    }

    @Override
    public Work begin(String name, TraceParent parent, List<TraceParent> links) {
        Span.Builder builder = tracer.spanBuilder().name(name).setParent(context(parent));
        links.forEach(link -> builder.addLink(new Link(context(link))));
        return new MicrometerWork(builder.start());
    }

    private TraceContext context(TraceParent parent) {
        return tracer.traceContextBuilder()
                .traceId(parent.traceId())
                .spanId(parent.spanId())
                .sampled(true)
                .build();
    }

    private final class MicrometerWork implements Work {

        private final Span span;

        private MicrometerWork(Span span) {
            this.span = span;
        }

        @Override
        public Work tag(String key, String value) {
            span.tag(key, value);
            return this;
        }

        @Override
        public Work tag(String key, long value) {
            span.tag(key, value);
            return this;
        }

        @Override
        public void moment(String name) {
            span.event(name);
        }

        @Override
        public @Nullable TraceParent parent() {
            TraceContext context = span.context();
            // Tracers that count in 64 bits have half of the digits.
            String trace =
                    "0".repeat(Math.max(0, TRACE_DIGITS - context.traceId().length())) + context.traceId();
            return Boolean.TRUE.equals(context.sampled()) ? new TraceParent(trace, context.spanId()) : null;
        }

        @Override
        public Scope current() {
            Tracer.SpanInScope scope = tracer.withSpan(span);
            return scope::close;
        }

        @Override
        public void failed(Throwable failure) {
            span.tag("error.type", failure.getClass().getName());
            span.error(new FailedWork(failure.getClass().getName()));
        }

        @Override
        public void end() {
            span.end();
        }
    }

    /** Stands for a failure whose message nobody has looked at. */
    private static final class FailedWork extends RuntimeException {

        private FailedWork(String name) {
            super(name, null, false, false);
        }
    }
}
