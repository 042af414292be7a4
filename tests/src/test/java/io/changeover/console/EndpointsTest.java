package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Asks each endpoint of the running application as each role, and holds the answers to the table in the documents. An
 * endpoint that is added later is found without a change here.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EndpointsTest {

    private static final Path TABLE = Path.of("../docs/security/endpoints.md");
    private static final boolean RENEW = Boolean.getBoolean("changeover.renew-documents");
    private static final Pattern SECRET = Pattern.compile("cho_[A-Za-z0-9_-]{43}");

    private static final List<String> PEOPLE = List.of("viewer", "operator", "approver", "admin");
    private static final List<String> COLUMNS =
            List.of("anonymous", "consumer", "viewer", "operator", "approver", "admin", "shared token");

    /** What filters answer, and files: no handler mapping knows them one by one. */
    private static final List<String> BESIDES = List.of(
            "GET /console/assets/console.css", "GET /webjars/picocss__pico/css/pico.min.css", "POST /console/sign-in");

    private static final String HEAD =
            """
            # Endpoints and who may ask them

            Made by a test, which asks each endpoint of the running application as each role and fails when one is missing here or answers otherwise. Renew it with `-Dtest=EndpointsTest -Dchangeover.renew-documents=true`.

            *yes*: let in; what is asked for may still be refused by a rule, or not be there. *401*: who asks must prove who they are. *403*: their role does not allow it. *sign-in*: sent to the sign-in page. A console page goes by sessions of people, everything else by tokens; roles add up, and [security](../security.md) says which implies which. `POST /console/sign-out` ends the session of whoever sends it.

            """;

    @TempDir
    Path folder;

    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, Visitor> sessions = new LinkedHashMap<>();

    @Test
    void each_endpoint_lets_in_whom_the_documents_say() throws IOException {
        try (TestDatabase database = TestDatabase.empty();
                ConsoleServer server = ConsoleServer.start(
                        database,
                        folder,
                        Map.of(
                                "changeover.consumers.web-shop.owner", "sales",
                                "changeover.consumers.web-shop.views", "order-board"))) {
            letIn(server);
            String table = HEAD + table(server);
            if (RENEW) {
                Files.createDirectories(TABLE.getParent());
                Files.writeString(TABLE, table);
            }
            assertThat(table)
                    .as(
                            "docs/security/endpoints.md; look at what differs, and when it is wanted renew the file by this test with -Dchangeover.renew-documents=true")
                    .isEqualTo(Files.readString(TABLE));
        }
    }

    private void letIn(ConsoleServer server) {
        Visitor nobody = new Visitor(server);
        nobody.get("/console/sign-in");
        tokens.put("anonymous", "");
        sessions.put("anonymous", nobody);
        tokens.put("consumer", token(server, "web-shop", "consumer"));
        for (String role : PEOPLE) {
            Visitor person = new Visitor(server);
            person.signIn(role, ConsoleServer.PASSWORD);
            sessions.put(role, person);
            tokens.put(role, token(server, role + "-program", role));
        }
        tokens.put("shared token", ConsoleServer.TOKEN);
    }

    private static String token(ConsoleServer server, String name, String role) {
        HttpResponse<String> issued = new Visitor(server)
                .call(
                        "POST",
                        "/api/tokens",
                        ConsoleServer.TOKEN,
                        "{\"name\": \"%s\", \"roles\": [\"%s\"]}".formatted(name, role));
        Matcher secret = SECRET.matcher(issued.body());
        assertThat(secret.find()).as(issued.body()).isTrue();
        return secret.group();
    }

    private String table(ConsoleServer server) {
        Set<String> endpoints = new TreeSet<>(BESIDES);
        server.all(RequestMappingInfoHandlerMapping.class)
                .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> endpoints.addAll(of(info))));
        endpoints.removeIf(endpoint -> endpoint.endsWith(" /error")); // the server forwards to it, and nobody asks it
        assertThat(endpoints)
                .contains("GET /api/views", "POST /api/changeovers", "GET /console", "GET /actuator/health");
        return Stream.concat(
                        Stream.of(
                                "| endpoint | %s |".formatted(String.join(" | ", COLUMNS)),
                                "| --- |%s".formatted(" --- |".repeat(COLUMNS.size()))),
                        endpoints.stream()
                                .sorted(Comparator.comparing(
                                        (String endpoint) -> endpoint.substring(endpoint.indexOf(' '))
                                                + endpoint.substring(0, endpoint.indexOf(' '))))
                                .map(endpoint -> row(server, endpoint)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Set<String> of(RequestMappingInfo info) {
        Set<String> methods = info.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.isEmpty()) {
            methods.add("GET");
        }
        return info.getPatternValues().stream()
                .map(pattern -> pattern.isEmpty() ? "/" : pattern)
                .flatMap(pattern -> methods.stream().map(method -> method + " " + pattern))
                .collect(Collectors.toSet());
    }

    private String row(ConsoleServer server, String endpoint) {
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String pattern = endpoint.substring(endpoint.indexOf(' ') + 1);
        return "| `%s` | %s |"
                .formatted(
                        endpoint,
                        COLUMNS.stream()
                                .map(column -> outcome(server, column, method, address(method, pattern)))
                                .collect(Collectors.joining(" | ")));
    }

    /** Names of nothing, so that nothing happens to anything; and a dry run where there can be one. */
    private static String address(String method, String pattern) {
        String address = pattern.replaceAll("\\{(version|from|to|left|right)(:[^}]*)?}", "1")
                .replaceAll("\\{\\*?[^}]+}", "nothing")
                .replace("/**", "/nothing");
        return method.equals("GET") || !address.startsWith("/api") ? address : address + "?dryRun=true";
    }

    private String outcome(ConsoleServer server, String column, String method, String address) {
        boolean console =
                Stream.of("/console", "/webjars", "/oauth2", "/login/").anyMatch(address::startsWith);
        Visitor visitor = console ? sessions.get(column) : null;
        HttpResponse<?> answer = visitor != null
                ? visitor.ask(method, address, "")
                : new Visitor(server).ask(method, address, tokens.getOrDefault(column, ""));
        int status = answer.statusCode();
        assertThat(status).as("%s %s as %s", method, address, column).isNotEqualTo(500);
        if (status == 401 || status == 403) {
            return Integer.toString(status);
        }
        boolean away = status == 302
                && Visitor.leadsTo(answer).equals("/console/sign-in")
                && !address.equals("/console/sign-in");
        return away ? "sign-in" : "yes";
    }
}
