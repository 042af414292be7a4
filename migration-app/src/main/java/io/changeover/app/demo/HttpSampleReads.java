package io.changeover.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads over HTTP, as the readers of the domain do, and believes what the response says of the version. */
final class HttpSampleReads implements SampleReads {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI address;
    private final String view;

    HttpSampleReads(URI address, String view) {
        this.address = address;
        this.view = view;
    }

    @Override
    public Map<String, Integer> count(int readers) {
        Map<String, Integer> counts = new TreeMap<>();
        try {
            for (int reader = 1; reader <= readers; reader++) {
                http.send(
                                HttpRequest.newBuilder(address)
                                        .timeout(PATIENCE)
                                        .header("X-Changeover-Reader", "reader-" + reader)
                                        .build(),
                                BodyHandlers.discarding())
                        .headers()
                        .firstValue("X-Changeover-Served")
                        .filter(served -> served.startsWith(view + "@"))
                        .ifPresent(served -> counts.merge(served, 1, Integer::sum));
            }
        } catch (IOException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
        return counts;
    }
}
