package io.changeover.operation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan, as it would go from where a changeover stands.
 *
 * @param name such as {@code backfill} or {@code 25 %}
 * @param what what it does
 * @param state {@code done}, {@code now} or {@code ahead}
 * @param stays how long it lasts at least, or null where that is not planned
 * @param earliest when it could begin at the earliest, or null where it has begun or never can
 * @param waitsFor what a person has to do before it begins, or null
 */
public record PlannedStep(
        String name,
        String what,
        String state,
        @Nullable Duration stays,
        @Nullable Instant earliest,
        @Nullable String waitsFor) {}
