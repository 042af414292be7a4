package io.changeover.cli;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts people and tokens into words and tables. */
final class ShowAccess {

    private ShowAccess() {}

    static String tokens(JsonNode tokens) {
        return tokens.isEmpty()
                ? "No token was issued; only the one in the token file lets anybody in."
                : tokens(tokens.valueStream().toList());
    }

    static String token(JsonNode token) {
        String table = tokens(List.of(token));
        return token.path("token").isString()
                ? "token (shown this once): %s%n%n%s"
                        .formatted(token.path("token").asString(), table)
                : table;
    }

    private static String tokens(List<JsonNode> tokens) {
        Table table = new Table("ID", "NAME", "ROLES", "VIEWS", "STATE", "EXPIRES", "LAST USED", "ISSUED BY");
        for (JsonNode token : tokens) {
            table.row(
                    token.path("id").asString(),
                    token.path("name").asString(),
                    words(token.path("roles")),
                    token.path("views").isEmpty() ? "all" : words(token.path("views")),
                    token.path("state").asString(),
                    token.path("expiresAt").asString(),
                    Show.orDash(token.path("lastUsedAt")),
                    token.path("createdBy").asString());
        }
        return table.toString();
    }

    static String people(JsonNode people) {
        return people.isEmpty()
                ? "Nobody is known here; people may sign in elsewhere, or be added."
                : people(people.valueStream().toList());
    }

    static String person(JsonNode person) {
        String table = people(List.of(person));
        return person.path("oneTimePassword").isString()
                ? "password (shown this once, to be changed at the first sign-in): %s%n%n%s"
                        .formatted(person.path("oneTimePassword").asString(), table)
                : table;
    }

    private static String people(List<JsonNode> people) {
        Table table = new Table("NAME", "ROLES", "STATE");
        for (JsonNode person : people) {
            table.row(
                    person.path("name").asString(),
                    words(person.path("roles")),
                    person.path("disabled").asBoolean()
                            ? "disabled"
                            : person.path("mustChange").asBoolean() ? "must choose a password" : "may sign in");
        }
        return table.toString();
    }

    private static String words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }
}
