package io.changeover.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the HTTP API of one server. */
final class ApiClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A comparison of large views answers when it is done. */
    private static final Duration ANSWER = Duration.ofHours(1);

    /** Addresses at which a key counts. */
    private static final String KEYED = "/api/changeovers";

    private static final int MOST_OF_A_REFUSAL = 1 << 20;

    // A sample keeps every digit of what is stored, which a double would not.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI server;
    private final String token;
    private final String actor;

    ApiClient(URI server, String token, String actor) {
        this.server = server;
        this.token = token;
        this.actor = actor;
    }

    /** A name as a part of an address. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * @throws RefusedException when the server declines
     * @throws UnreachableException when none answers
     */
    JsonNode get(String path) {
        return send(request(path).GET());
    }

    /** As {@link #get}, for an answer that is a text. */
    String text(String path) {
        HttpResponse<String> response = exchange(
                request(path)
                        .setHeader("Accept", "text/markdown, text/html, application/problem+json")
                        .GET(),
                BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            requireAccepted(response.statusCode(), response.body());
        }
        return response.body();
    }

    /**
     * An answer of any length, which is read as it comes; to be closed.
     *
     * @param body its bytes; they may end before their time
     * @param differences how many differences the server says that it sends
     */
    record Download(InputStream body, long differences) implements AutoCloseable {

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                // what was read counts
            }
        }
    }

    /** As {@link #get}, for an export of differences. */
    Download download(String path) {
        HttpResponse<InputStream> response = exchange(
                request(path).header("Accept", "text/csv, application/jsonl").GET(), BodyHandlers.ofInputStream());
        long differences =
                response.headers().firstValueAsLong("X-Changeover-Differences").orElse(-1);
        if (response.statusCode() < 400 && differences >= 0) {
            return new Download(response.body(), differences);
        }
        try (InputStream body = response.body()) {
            String text = new String(body.readNBytes(MOST_OF_A_REFUSAL), StandardCharsets.UTF_8);
            requireAccepted(response.statusCode(), text);
        } catch (IOException e) {
            throw unreachable(e);
        }
        throw somethingElse(response.statusCode());
    }

    /**
     * As {@link #get}, with a body of the given fields. What is asked of a changeover is asked once more where the
     * connection breaks before there is an answer: the server does once what comes under the same key.
     */
    JsonNode post(String path, Map<String, ?> fields) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(fields)));
        try {
            return send(request);
        } catch (UnreachableException e) {
            if (path.startsWith(KEYED) && wasCutOff(e.getCause())) {
                return send(request);
            }
            throw e;
        }
    }

    /** Whether the request may have arrived, and it helps to ask again. */
    private static boolean wasCutOff(@Nullable Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException);
    }

    /** As {@link #post}, to change the given fields and no others. */
    JsonNode patch(String path, Map<String, ?> fields) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(JSON.writeValueAsString(fields))));
    }

    /** As {@link #post}, to take away what is at the address. */
    JsonNode delete(String path, Map<String, ?> fields) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(JSON.writeValueAsString(fields))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (actor.matches("[\\x20-\\x7e]{1,100}")) {
            request.header("X-Changeover-Actor", actor);
        }
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        return requireAccepted(response.statusCode(), response.body());
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("The wait for server '%s' was interrupted".formatted(server), e);
        }
    }

    private UnreachableException unreachable(IOException e) {
        return new UnreachableException(
                "Server '%s' must answer but does not; start it with 'changeover serve' or name another with --server"
                        .formatted(server),
                e);
    }

    private JsonNode requireAccepted(int status, String text) {
        JsonNode body;
        try {
            body = JSON.readTree(text);
        } catch (JacksonException e) {
            throw somethingElse(status);
        }
        if (status >= 400) {
            throw new RefusedException(body.path("detail").asString("status " + status));
        }
        return body;
    }

    private RefusedException somethingElse(int status) {
        return new RefusedException(
                "'%s' must be a changeover server but answers something else with status %d; correct --server"
                        .formatted(server, status));
    }
}
