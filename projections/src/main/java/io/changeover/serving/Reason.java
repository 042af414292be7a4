package io.changeover.serving;

import java.util.Locale;

/** Why a version answers a call. */
public enum Reason {
    /** This node's configuration names the version, which wins over everything else. */
    CONFIGURATION,
    /** The request asked for it and was allowed to. */
    OVERRIDE,
    /** The reader's principal is pinned to it. */
    PRINCIPAL,
    /** The reader's tenant is pinned to it. */
    TENANT,
    /** The team's own flag chose it among the versions that the changeover has opened. */
    FLAG,
    /** The reader's cohort falls on its side of the percentage. */
    COHORT,
    /** It serves every reader who is not pinned. */
    SERVING,
    /** It had come far enough for what the reader has seen, and the version that was to answer had not. */
    FRESHNESS,
    /** The version that was to answer has failed, was too slow, or is spared because of that. */
    FALLBACK;

    /** Lower-case name, as people see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
