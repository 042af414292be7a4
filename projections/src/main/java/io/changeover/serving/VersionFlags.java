package io.changeover.serving;

import java.util.OptionalInt;

/** A team's own flags, which choose among the versions that an open changeover lets readers have. */
public interface VersionFlags {

    /**
     * The version for a call.
     *
     * @return empty to go by the cohort, as when the flag is unknown or cannot be asked; must not throw
     */
    OptionalInt choose(FlagQuestion question);
}
