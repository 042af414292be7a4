package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.backfill.Backfills;
import io.changeover.console.HostileRequests.Hostile;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.operation.ViewStatus;
import io.changeover.projection.Projections;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is sent to the operators' API, it is refused in words and nothing has changed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadInputTest {

    /** What nodes write by themselves, or work out from the events when they are asked, without anybody changing anything. */
    private static final List<String> OF_THE_NODES = List.of(
            "node",
            "node_acknowledgement",
            "consumer_batch",
            "consumer_read",
            "consumer_collection",
            "access_entry",
            "stored_block",
            "stored_revision",
            "stored_revision_progress");

    /** What an answer must not tell about how it came about. */
    private static final List<String> INSIDE = List.of(
            "\tat ", "Exception", "java.lang", "org.springframework", "org.postgresql", "SQLState", "stackTrace");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void it_is_refused_in_words_and_changes_nothing() throws Exception {
        try (TestDatabase database = TestDatabase.empty();
                ConsoleServer server =
                        ConsoleServer.start(database, folder, Map.of("changeover.autopilot.enabled", "false"))) {
            Operations operations = server.get(Operations.class);
            operations.declare("order-board", 2, new Request("ann", "so that there is something to spoil"));
            TestNode.await(() -> operations.views().stream().allMatch(view -> isFollowed(server, view)));
            Map<String, String> before = content(database);
            JsonNode document =
                    json.readTree(send(server, "GET", "/openapi/operator").body());
            HostileRequests hostile = new HostileRequests(Map.of("view", "order-board", "version", "2"));
            List<String> wrong = new ArrayList<>();
            int sent = 0;
            for (var path : document.path("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    List<Hostile> all =
                            new ArrayList<>(hostile.inAddresses(method, path.getKey(), operation.getValue()));
                    if (!method.equals("GET")) {
                        all.addAll(hostile.noBodies(method, path.getKey()));
                        all.addAll(hostile.wrongFields(
                                method, path.getKey(), refusal(server, hostile, method, path.getKey())));
                    }
                    for (Hostile request : all) {
                        sent++;
                        judge(server, request).ifPresent(wrong::add);
                    }
                }
            }
            assertThat(wrong).as("of %d requests", sent).isEmpty();
            assertThat(sent).isGreaterThan(2_000);
            assertThat(content(database)).isEqualTo(before);
        }
    }

    @Test
    void an_address_that_no_client_writes_is_refused_too() throws Exception {
        try (TestDatabase database = TestDatabase.empty();
                ConsoleServer server = ConsoleServer.start(database, folder, Map.of())) {
            for (String line : List.of(
                    "GET /api/views/../../etc/passwd HTTP/1.1",
                    "GET /api/views/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1",
                    "GET /api/views/..;/..;/actuator/env HTTP/1.1",
                    "GET /api;x=y/views HTTP/1.1",
                    "GET //api/views HTTP/1.1",
                    "GET /api/views/%00 HTTP/1.1",
                    "GET /api/views/%ff%fe HTTP/1.1",
                    "GET /api/views?a=%zz HTTP/1.1",
                    "GET /webjars/../../application.yaml HTTP/1.1",
                    "GET /console/assets/..%2f..%2f..%2fapplication.yaml HTTP/1.1",
                    "TRACE /api/views HTTP/1.1",
                    "DELETE /api/views HTTP/1.1",
                    "FROBNICATE /api/views HTTP/1.1")) {
                String answer = raw(server, line);
                assertThat(answer).as(line).matches("(?s)HTTP/1.1 [34]\\d\\d .*");
                assertThat(INSIDE).as(line + answer).noneMatch(answer::contains);
            }
        }
    }

    private static boolean isFollowed(ConsoleServer server, ViewStatus view) {
        Integer serving = view.serving();
        VersionId version = serving == null ? null : new VersionId(view.view(), serving);
        return version != null
                && server.get(Projections.class).live().contains(version)
                && !server.get(Backfills.class).isUnderWay(version);
    }

    private Optional<String> judge(ConsoleServer server, Hostile request) throws Exception {
        HttpResponse<String> answer = send(server, request);
        boolean read = request.method().equals("GET");
        boolean right = answer.statusCode() >= (read ? 200 : 400) && answer.statusCode() < 500;
        String inside =
                INSIDE.stream().filter(answer.body()::contains).findFirst().orElse("");
        // The server itself answers an address with an encoded slash, before anything of ours sees it.
        boolean inWords = answer.statusCode() < 400
                || (answer.statusCode() == 400 && answer.body().contains("<h1>HTTP Status 400"))
                || answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        return right && inside.isEmpty() && inWords
                ? Optional.empty()
                : Optional.of("%s -> %d %s"
                        .formatted(
                                request,
                                answer.statusCode(),
                                answer.body().lines().limit(3).toList()));
    }

    /** What the server says to a body that is no object. */
    private String refusal(ConsoleServer server, HostileRequests hostile, String method, String path) throws Exception {
        Hostile first = hostile.noBodies(method, path).get(0);
        return json.readTree(send(server, first).body()).path("detail").asString("");
    }

    private HttpResponse<String> send(ConsoleServer server, Hostile hostile) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address(hostile.path())))
                .header("Authorization", "Bearer " + ConsoleServer.TOKEN)
                .header("Content-Type", hostile.contentType())
                .method(
                        hostile.method(),
                        hostile.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(hostile.body()));
        hostile.headers().forEach(request::setHeader);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(ConsoleServer server, String method, String path) throws Exception {
        return send(server, new Hostile(method, path, null, "application/json", Map.of()));
    }

    /** The beginning of the answer to a request line that the client of the JDK would not send. */
    private static String raw(ConsoleServer server, String line) throws IOException {
        URI address = URI.create(server.address("/"));
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write("%s\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                            .formatted(line, address.getAuthority(), ConsoleServer.TOKEN)
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            return new String(answer.readNBytes(20_000), StandardCharsets.UTF_8);
        }
    }

    /** A hash of the rows of each table that only changes when somebody asks for it. */
    private static Map<String, String> content(TestDatabase database) {
        Map<String, String> all = new TreeMap<>();
        String tables = database.value(
                """
                select string_agg(format('%I.%I', schemaname, tablename), ',' order by schemaname, tablename) from pg_tables
                where schemaname not in ('pg_catalog', 'information_schema')
                """);
        for (String table : tables.split(",")) {
            if (!OF_THE_NODES.contains(table.substring(table.indexOf('.') + 1)) && !table.endsWith("token_entry")) {
                all.put(
                        table,
                        database.value(
                                "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from %s t"
                                        .formatted(table)));
            }
        }
        return all;
    }
}
