package io.changeover.projection;

import io.changeover.view.VersionId;

/** A version would be projected that was given up and purged. A retry helps once it is restored. */
public final class VersionPurgedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String version;

    /** Refuses to project the version. */
    public VersionPurgedException(VersionId version) {
        super(
                "Version '%s' is purged, and its rows lie under another name and follow nothing; restore it, or drop it to build it anew"
                        .formatted(version));
        this.version = version.toString();
    }

    /** Written form of the version. */
    public String version() {
        return version;
    }
}
