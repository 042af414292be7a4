package io.changeover.shadow;

import io.changeover.shadow.Sample.Pair;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long versions took, in microseconds to two digits. Safe for use by several threads. */
final class Latencies {

    private static final int DIGITS = 2;

    private record Measured(String view, String method, int version) {}

    private final Map<Measured, Histogram> histograms = new ConcurrentHashMap<>();

    void took(Pair pair, int version, long nanos) {
        histograms
                .computeIfAbsent(
                        new Measured(pair.view(), pair.method(), version), first -> new ConcurrentHistogram(DIGITS))
                .recordValue(Math.max(0, nanos / 1_000));
    }

    /** Those of the view, by method and version. */
    List<ShadowLatency> of(String view) {
        return histograms.entrySet().stream()
                .filter(each -> each.getKey().view().equals(view))
                .map(each -> latency(each.getKey(), each.getValue().copy()))
                .sorted(Comparator.comparing(ShadowLatency::method).thenComparing(ShadowLatency::version))
                .toList();
    }

    private static ShadowLatency latency(Measured measured, Histogram histogram) {
        return new ShadowLatency(
                measured.method(),
                measured.version(),
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99));
    }
}
