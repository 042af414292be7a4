package io.changeover.examples.orders.revision;

import tools.jackson.databind.node.ObjectNode;

/**
 * Contacts: one string "Family, Given" in release 1, two names since release 2. The string is parted at its last ", ",
 * so every family name survives, "Altagar,G M" and "de Castro" included. Lost on the way down and up again: a given name
 * that itself contains ", " comes back with its head in the family name. A string without ", ", as people typed now and
 * then, is taken for a family name.
 */
final class Contacts {

    private static final String SEPARATOR = ", ";

    private Contacts() {}

    static void toNames(ObjectNode payload) {
        String contact = payload.required("contact").asString();
        int separator = contact.lastIndexOf(SEPARATOR);
        String family = separator < 0 ? contact : contact.substring(0, separator);
        String given = separator < 0 ? "" : contact.substring(separator + SEPARATOR.length());
        payload.putObject("contact").put("givenName", given).put("familyName", family);
    }

    static void toOneString(ObjectNode payload) {
        ObjectNode contact = Fields.object(payload, "contact");
        payload.put(
                "contact",
                contact.required("familyName").asString()
                        + SEPARATOR
                        + contact.required("givenName").asString());
    }
}
