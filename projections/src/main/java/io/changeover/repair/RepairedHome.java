package io.changeover.repair;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A home that was repaired, as the audit trail has it.
 *
 * @param repair identifier of the repair
 * @param version written form of the version
 * @param home home of the rows, as text
 * @param before the rows that were changed as they were before, sensitive values masked
 * @param after the same rows as they were afterwards
 * @param actor who asked
 * @param reason why; may be empty
 * @param at when
 */
public record RepairedHome(
        String repair,
        String version,
        String home,
        JsonNode before,
        JsonNode after,
        String actor,
        String reason,
        Instant at) {}
