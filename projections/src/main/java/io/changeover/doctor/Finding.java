package io.changeover.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Something that should not be, and what was done about it.
 *
 * @param check name of the check that found it
 * @param subject what it is about, such as {@code order-board@2}
 * @param found what was seen, with its values
 * @param meaning what follows from it
 * @param safe whether it can be mended without a person's judgement
 * @param remedy how it is mended
 * @param done what was done about it, or null when nothing was to be done
 */
public record Finding(
        String check,
        String subject,
        String found,
        String meaning,
        boolean safe,
        String remedy,
        @Nullable String done) {}
