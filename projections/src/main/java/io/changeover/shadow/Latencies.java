package io.changeover.shadow;

import io.changeover.shadow.Sample.Pair;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long versions took, in microseconds to two digits. Safe for use by several threads. */
final class Latencies {

    private static final int DIGITS = 2;

    private record Measured(String view, String method, int version) {}

    /**
     * What had been measured when a step was first asked for.
     *
     * @param step names the step
     */
    private record Begin(String step, Map<Measured, Histogram> histograms) {}

    private final Map<Measured, Histogram> histograms = new ConcurrentHashMap<>();
    private final Map<String, Begin> begins = new ConcurrentHashMap<>();

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

    /** What was measured of the view's two versions since the step was first asked for, over all methods. */
    VersionLatencies since(String view, String step, int older, int newer) {
        Map<Measured, Histogram> before = begins.compute(
                        view,
                        (name, begin) ->
                                begin != null && begin.step().equals(step) ? begin : new Begin(step, copies(view)))
                .histograms();
        Histogram old = since(before, view, older);
        Histogram next = since(before, view, newer);
        return new VersionLatencies(
                old.getTotalCount(), old.getValueAtPercentile(99), next.getTotalCount(), next.getValueAtPercentile(99));
    }

    private Map<Measured, Histogram> copies(String view) {
        Map<Measured, Histogram> copies = new HashMap<>();
        histograms.forEach((measured, histogram) -> {
            if (measured.view().equals(view)) {
                copies.put(measured, histogram.copy());
            }
        });
        return copies;
    }

    private Histogram since(Map<Measured, Histogram> before, String view, int version) {
        Histogram sum = new Histogram(DIGITS);
        copies(view).forEach((measured, histogram) -> {
            if (measured.version() == version) {
                Histogram known = before.get(measured);
                if (known != null) {
                    histogram.subtract(known);
                }
                sum.add(histogram);
            }
        });
        return sum;
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
