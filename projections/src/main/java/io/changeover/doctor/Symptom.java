package io.changeover.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Something that should not be, as one check sees it.
 *
 * @param subject what it is about, such as {@code order-board@2}
 * @param found what was seen, with its values
 * @param meaning what follows from it
 * @param remedy how it is mended, by the mend or by a person
 * @param mend what mends it, or null where that is not safe without a person
 */
public record Symptom(String subject, String found, String meaning, String remedy, @Nullable Mend mend) {

    /** A symptom that only a person can mend. */
    public Symptom(String subject, String found, String meaning, String remedy) {
        this(subject, found, meaning, remedy, null);
    }
}
