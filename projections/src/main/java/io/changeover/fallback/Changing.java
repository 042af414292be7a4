package io.changeover.fallback;

import io.changeover.view.VersionId;

/** The new version of one changeover. */
record Changing(String view, int version, String changeover) {

    VersionId id() {
        return new VersionId(view, version);
    }
}
