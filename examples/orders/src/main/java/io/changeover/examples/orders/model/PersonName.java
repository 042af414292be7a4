package io.changeover.examples.orders.model;

/**
 * The name of a person, in the parts that the source gives. Which part of "Da Cunha" or "Wing C" is which is for the
 * person to say, so nothing here splits or repairs a name.
 *
 * @param givenName given names; may be empty
 * @param familyName family name with its prefixes; may be empty
 */
public record PersonName(String givenName, String familyName) {

    /** Both parts as a reader would say them. */
    public String display() {
        return (givenName + " " + familyName).strip();
    }
}
