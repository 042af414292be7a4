package io.changeover.projection;

import io.changeover.view.VersionId;

/** So many events fail that a rebuild would park more than it mends. A retry cannot help before the fold is mended. */
public final class HopelessRebuildException extends RuntimeException {

    HopelessRebuildException(VersionId version, int letters, String cause) {
        super(
                "More than %d events of '%s' fail when they are folded again, the last because %s; mend the fold, then ask again: the homes of this group are as they were"
                        .formatted(letters, version, cause));
    }
}
