package io.changeover.projections.autoconfigure;

import io.changeover.doctor.DoctorOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the doctor takes something for stuck.
 *
 * @param patience how long a node may be behind, a claim silent or a backfill untouched before it is a finding
 */
@ConfigurationProperties("changeover.doctor")
record DoctorProperties(@DefaultValue("1m") Duration patience) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    DoctorOptions options() {
        return new DoctorOptions(patience);
    }
}
