package io.changeover.examples.orders.model;

import org.jspecify.annotations.Nullable;

/**
 * A postal address.
 *
 * @param line1 street and number
 * @param line2 building or level, or null
 * @param city town
 * @param state state or province, or null where the country has none
 * @param postalCode postal code, or null where unknown
 * @param country name of the country
 */
public record Address(
        String line1,
        @Nullable String line2,
        String city,
        @Nullable String state,
        @Nullable String postalCode,
        String country) {}
