package io.changeover.projections.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flags that choose the version of a call.
 *
 * @param source who chooses among the versions that a changeover has opened
 */
@ConfigurationProperties("changeover.flags")
record FlagProperties(@DefaultValue("changeover") Source source) {

    /** Who chooses. */
    enum Source {
        /** The reader's cohort. */
        CHANGEOVER,
        /** The provider of OpenFeature that is a bean, or that the team has set for domain {@code changeover}. */
        OPEN_FEATURE
    }
}
