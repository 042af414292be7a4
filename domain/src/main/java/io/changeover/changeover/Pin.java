package io.changeover.changeover;

import java.util.Locale;

/**
 * Readers who are always served by one version of a view while its changeover is open, whatever their cohort.
 *
 * @param kind what the value names
 * @param value the tenant or the principal, at most 200 characters, not blank
 */
public record Pin(Kind kind, String value) implements Comparable<Pin> {

    /** What readers are pinned by. */
    public enum Kind {
        /** All readers of one tenant. */
        TENANT,
        /** One authenticated reader. */
        PRINCIPAL;

        /** Lower-case name, as people see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_LENGTH = 200;

    boolean isValid() {
        return !value.isBlank() && value.length() <= MAX_LENGTH && value.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public int compareTo(Pin other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }

    /** As people see it, such as {@code tenant 'acme'}. */
    @Override
    public String toString() {
        return "%s '%s'".formatted(kind.text(), value);
    }
}
