package io.changeover.examples.orders.revision;

import io.changeover.upcast.Conversion;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Contacts: one string "Family, Given" in release 1, two names since release 2. The string is parted at its last ", ",
 * so every family name survives, "Altagar,G M" and "de Castro" included. A string without ", ", as people typed now and
 * then, is taken for a family name.
 */
final class Contacts {

    private static final String SEPARATOR = ", ";

    static final Conversion NAMES = Conversion.of("text to names", Contacts::toNames, Contacts::toOneString)
            .losingUp("a separator at the very end of a contact")
            .losingDown(
                    "where a given name begins that contains ', ' itself, or that follows on a family name that does")
            .exactForOlder(random -> JsonNodeFactory.instance.stringNode(
                    random.nextInt(10) == 0 ? word(random) : word(random) + SEPARATOR + word(random)))
            .exactForNewer(random -> names(word(random), word(random)));

    private Contacts() {}

    private static JsonNode toNames(JsonNode contact) {
        String text = contact.asString();
        int separator = text.lastIndexOf(SEPARATOR);
        return separator < 0
                ? names("", text)
                : names(text.substring(separator + SEPARATOR.length()), text.substring(0, separator));
    }

    private static JsonNode toOneString(JsonNode contact) {
        String family = contact.required("familyName").asString();
        String given = contact.required("givenName").asString();
        return JsonNodeFactory.instance.stringNode(given.isEmpty() ? family : family + SEPARATOR + given);
    }

    private static JsonNode names(String given, String family) {
        return JsonNodeFactory.instance.objectNode().put("givenName", given).put("familyName", family);
    }

    private static String word(RandomGenerator random) {
        return random.ints(random.nextInt(1, 12), 'A', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
