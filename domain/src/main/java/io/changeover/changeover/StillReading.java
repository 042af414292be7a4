package io.changeover.changeover;

import java.time.Instant;

/**
 * Somebody who was answered by a version after another had taken over all readers.
 *
 * @param consumer who, as the catalogue of consumers names them
 * @param declared whether the catalogue knows them
 * @param calls how many calls were answered
 * @param lastSeen when the last of them was noticed
 */
public record StillReading(String consumer, boolean declared, long calls, Instant lastSeen) {

    @Override
    public String toString() {
        return "%s (%s, %d %s, last noticed at %s)"
                .formatted(
                        consumer, declared ? "declared" : "undeclared", calls, calls == 1 ? "call" : "calls", lastSeen);
    }
}
