package io.changeover.observed;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A trace as text: each span below its parent, with what this project says of it, without identifiers and times. */
final class SpanTree {

    /** Numbers that are other ones each time. */
    private static final List<String> CHANGING = List.of("changeover.position", "changeover.position.first");

    private final List<SpanData> spans;

    SpanTree(List<SpanData> spans) {
        this.spans = spans;
    }

    String below(String parentId) {
        StringBuilder text = new StringBuilder();
        write(parentId, "", text);
        return text.toString();
    }

    private void write(String parentId, String indent, StringBuilder text) {
        spans.stream()
                .filter(span -> span.getParentSpanId().equals(parentId))
                // Two versions write at the same time, and either may be the first.
                .sorted(Comparator.comparing((SpanData span) ->
                                span.getName().startsWith("write") ? Long.MAX_VALUE : span.getStartEpochNanos())
                        .thenComparing(SpanData::getName)
                        .thenComparing(SpanTree::attributes))
                .forEach(span -> {
                    text.append(indent).append(span.getName());
                    String attributes = attributes(span);
                    text.append(attributes.isEmpty() ? "" : "  {" + attributes + "}")
                            .append('\n');
                    write(span.getSpanId(), indent + "  ", text);
                });
    }

    private static String attributes(SpanData span) {
        Map<AttributeKey<?>, Object> all = span.getAttributes().asMap();
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().getKey().startsWith("changeover."))
                .map(entry -> entry.getKey().getKey() + "="
                        + (CHANGING.contains(entry.getKey().getKey()) ? "<n>" : entry.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
