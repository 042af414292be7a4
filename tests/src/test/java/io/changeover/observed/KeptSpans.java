package io.changeover.observed;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the spans that it is handed. */
final class KeptSpans implements SpanExporter {

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
        spans.addAll(ended);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    List<SpanData> of(String traceId) {
        return spans.stream().filter(span -> span.getTraceId().equals(traceId)).toList();
    }

    /** The span of the trace with this name, once it has ended. */
    Optional<SpanData> find(String traceId, String name) {
        return of(traceId).stream().filter(span -> span.getName().equals(name)).findFirst();
    }

    /** How many spans of the trace have ended whose names begin like this. */
    long count(String traceId, String begin) {
        return of(traceId).stream()
                .filter(span -> span.getName().startsWith(begin))
                .count();
    }
}
