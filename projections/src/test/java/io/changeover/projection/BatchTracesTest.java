package io.changeover.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.StoredEvent;
import io.changeover.trace.TraceParent;
import io.changeover.trace.Traces;
import io.changeover.trace.Work;
import io.changeover.view.VersionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BatchTracesTest {

    private static final VersionId VERSION = VersionId.parse("order-board@2");

    /** Spans that were begun, each with what was said of it. */
    private static final class Told implements Traces {

        private final List<Span> spans = new ArrayList<>();

        @Override
        public boolean recording() {
            return false;
        }

        @Override
        public Work begin(String name) {
            throw new AssertionError("a write has a parent");
        }

        @Override
        public Work begin(String name, TraceParent parent, List<TraceParent> links) {
            Span span = new Span(name, parent, links);
            spans.add(span);
            return span;
        }
    }

    private static final class Span implements Work {

        private final String name;
        private final TraceParent parent;
        private final List<TraceParent> links;
        private final Map<String, String> tags = new TreeMap<>();
        private int ended;

        private Span(String name, TraceParent parent, List<TraceParent> links) {
            this.name = name;
            this.parent = parent;
            this.links = links;
        }

        @Override
        public Work tag(String key, String value) {
            tags.put(key, value);
            return this;
        }

        @Override
        public Work tag(String key, long value) {
            return tag(key, Long.toString(value));
        }

        @Override
        public void moment(String moment) {}

        @Override
        public TraceParent parent() {
            return parent;
        }

        @Override
        public Scope current() {
            return () -> {};
        }

        @Override
        public void failed(Throwable failure) {
            tags.put("failed", failure.getClass().getSimpleName());
        }

        @Override
        public void end() {
            ended++;
        }
    }

    private final Told told = new Told();
    private final BatchTraces traces = new BatchTraces(VERSION, told);

    private static TraceParent parent(long position) {
        return new TraceParent("%032x".formatted(position), "%016x".formatted(position));
    }

    private static StoredEvent event(long position, String metadata) {
        return new StoredEvent(
                position,
                "e" + position,
                "Order",
                "o-1",
                position,
                "order.placed",
                "2",
                new byte[0],
                metadata.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    private static StoredEvent sampled(long position) {
        return event(
                position, "{\"traceparent\":\"%s\"}".formatted(parent(position).header()));
    }

    private DefaultUnitOfWork<EventMessage<?>> open(List<StoredEvent> batch) {
        DefaultUnitOfWork<EventMessage<?>> unit =
                DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("batch"));
        traces.open(batch, event -> event.position() != 3, unit).close();
        return unit;
    }

    @Test
    void an_event_of_a_sampled_trace_that_concerns_the_version_has_a_span_until_the_commit() {
        var unit = open(List.of(event(1, "{}"), sampled(2), sampled(3)));
        assertThat(told.spans).singleElement().satisfies(span -> {
            assertThat(span.name).isEqualTo("write order-board@2");
            assertThat(span.parent).isEqualTo(parent(2));
            assertThat(span.links).isEmpty();
            assertThat(span.tags)
                    .isEqualTo(Map.of(
                            "changeover.view",
                            "order-board",
                            "changeover.version",
                            "2",
                            "changeover.event",
                            "order.placed",
                            "changeover.revision",
                            "2",
                            "changeover.position",
                            "2"));
            assertThat(span.ended).isZero();
        });
        unit.commit();
        assertThat(told.spans.get(0).ended).isOne();
        assertThat(told.spans.get(0).tags).doesNotContainKey("failed");
    }

    @Test
    void a_batch_that_is_rolled_back_says_what_class_of_failure_it_was() {
        open(List.of(sampled(2))).rollback(new IllegalStateException("a name"));
        assertThat(told.spans.get(0).ended).isOne();
        assertThat(told.spans.get(0).tags).containsEntry("failed", "IllegalStateException");
    }

    @Test
    void a_large_batch_has_32_spans_of_which_the_last_names_128_more_traces() {
        open(LongStream.rangeClosed(10, 1_009)
                        .mapToObj(BatchTracesTest::sampled)
                        .toList())
                .commit();
        assertThat(told.spans).hasSize(32).allMatch(span -> span.ended == 1);
        assertThat(told.spans.subList(0, 31)).allMatch(span -> span.links.isEmpty());
        assertThat(told.spans.get(31).links).hasSize(128).startsWith(parent(42)).endsWith(parent(169));
    }
}
