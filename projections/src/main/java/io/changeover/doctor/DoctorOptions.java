package io.changeover.doctor;

import java.time.Duration;

/**
 * When something has lasted too long.
 *
 * @param patience how long a node may be behind, a claim silent or a backfill untouched, more than zero
 */
public record DoctorOptions(Duration patience) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    public DoctorOptions {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "changeover.doctor.patience is %s but must be more than zero; correct it".formatted(patience));
        }
    }

    /** A minute, in which claims run out and nodes catch up by themselves. */
    public static DoctorOptions defaults() {
        return new DoctorOptions(Duration.ofMinutes(1));
    }
}
