package io.changeover.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests that no operation of an OpenAPI document can want, made from what the document says it takes. */
final class HostileRequests {

    /**
     * A request.
     *
     * @param method HTTP method
     * @param path address below the server, encoded
     * @param body body, or null for none
     * @param contentType type that the body claims to be
     * @param headers further headers
     */
    record Hostile(String method, String path, @Nullable String body, String contentType, Map<String, String> headers) {

        @Override
        public String toString() {
            String sent = body == null ? "" : " " + (body.length() > 200 ? body.substring(0, 200) + "..." : body);
            return "%s %s%s %s"
                    .formatted(method, path.length() > 300 ? path.substring(0, 300) + "..." : path, sent, headers);
        }
    }

    /** Where texts are taken: markup, SQL, ways out of a folder, what no terminal should print, and too much of it. */
    static final List<String> TEXTS = List.of(
            "<script>alert(1)</script>",
            "'; drop table domain_event_entry; --",
            "\" or 1=1 --",
            "../../../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "${jndi:ldap://127.0.0.1/a}",
            "#{7*7} ${7*7} __${7*7}__::x",
            "%00",
            "\u0001\u001b[31m",
            "\u202etxt.exe",
            "\uD83D\uDCA9 \u00e9\u0301",
            " ",
            "a".repeat(3_000));

    private static final List<String> NUMBERS =
            List.of("abc", "-1", "0", "1e9", "99999999999999999999", "1;--", "0x10", "NaN", "\u0661");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
    private static final String JSON = "application/json";
    private static final int TOO_LONG = 2_000_000;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Map<String, String> known;

    /** @param known what the variables of addresses stand for where the request is to come as far as the rest of it */
    HostileRequests(Map<String, String> known) {
        this.known = Map.copyOf(known);
    }

    /** What is in the addresses and the parameters. */
    List<Hostile> inAddresses(String method, String path, JsonNode operation) {
        List<Hostile> all = new ArrayList<>();
        @Nullable String body = method.equals("GET") ? null : "{\"no-such-field\": 1}";
        for (String variable : variables(path)) {
            for (String text : variable.equals("version") || variable.equals("id") ? both() : TEXTS) {
                all.add(new Hostile(method, filled(path, Map.of(variable, text)), body, JSON, Map.of()));
            }
        }
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString();
            switch (parameter.path("in").asString()) {
                case "query" ->
                    both().forEach(text -> all.add(new Hostile(
                            method,
                            filled(path, Map.of()) + "?" + encoded(name) + "=" + encoded(text),
                            body,
                            JSON,
                            Map.of())));
                case "header" ->
                    TEXTS.stream()
                            .filter(text -> text.chars().allMatch(character -> character >= ' ' && character < 127))
                            .forEach(text -> all.add(
                                    new Hostile(method, filled(path, Map.of()), body, JSON, Map.of(name, text))));
                default -> {}
            }
        }
        return all;
    }

    /** Bodies that are none, or far too much of one. */
    List<Hostile> noBodies(String method, String path) {
        String address = filled(path, Map.of());
        List<Hostile> all = new ArrayList<>();
        for (String body : List.of(
                "[]",
                "17",
                "\"text\"",
                "{",
                "{\"a\": }",
                "\u0000",
                "<a/>",
                "[".repeat(5_000),
                "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
                "{\"no-such-field\": 1}",
                "{\"reason\": {\"a\": 1}}",
                "{\"reason\": \"" + "x".repeat(TOO_LONG) + "\"}")) {
            all.add(new Hostile(method, address, body, JSON, Map.of()));
        }
        for (String type : List.of(
                "application/xml", "text/plain", "multipart/form-data", "application/x-java-serialized-object")) {
            all.add(new Hostile(method, address, "{\"no-such-field\": 1}", type, Map.of()));
        }
        return all;
    }

    /**
     * Bodies that are right but for one field.
     *
     * @param refusal what the server says to a body of another kind; it shows one that it would take
     */
    List<Hostile> wrongFields(String method, String path, String refusal) {
        ObjectNode example = example(refusal);
        List<Hostile> all = new ArrayList<>();
        if (example == null) {
            return all;
        }
        String address = filled(path, Map.of());
        for (String name : List.copyOf(example.propertyNames())) {
            for (JsonNode wrong : wrong(example.get(name))) {
                ObjectNode body = example.deepCopy();
                body.set(name, wrong);
                all.add(new Hostile(method, address, body.toString(), JSON, Map.of()));
            }
            for (String text : TEXTS) {
                // Such a text may be a reason as good as another, so that something else has to be wrong too.
                ObjectNode body = example.deepCopy().put(name, text).put("no-such-field", 1);
                all.add(new Hostile(method, address, body.toString(), JSON, Map.of()));
            }
        }
        return all;
    }

    private @Nullable ObjectNode example(String refusal) {
        int at = refusal.indexOf("send {");
        if (at < 0) {
            return null;
        }
        return mapper.readTree(refusal.substring(at + "send ".length())) instanceof ObjectNode object ? object : null;
    }

    private List<JsonNode> wrong(JsonNode right) {
        String texts =
                switch (right.getNodeType()) {
                    case STRING -> "[{}, [], 12, true, [\"a\"]]";
                    case NUMBER -> "[\"abc\", {}, [], true, -5, 0.5, 99999999999999999999, 1e300]";
                    case BOOLEAN -> "[\"yes\", 1, {}, []]";
                    case ARRAY -> "[\"x\", 1, {}, [[]], [{}], [1], [\"\"], true]";
                    default -> "[\"x\", 1, [], true]";
                };
        return mapper.readTree(texts).valueStream().toList();
    }

    private String filled(String path, Map<String, String> hostile) {
        return VARIABLE.matcher(path)
                .replaceAll(found -> Matcher.quoteReplacement(
                        encoded(hostile.getOrDefault(found.group(1), known.getOrDefault(found.group(1), "1")))));
    }

    private static List<String> variables(String path) {
        return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
    }

    private static List<String> both() {
        List<String> all = new ArrayList<>(TEXTS);
        all.addAll(NUMBERS);
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
