package io.changeover.projection;

import io.changeover.view.VersionId;

/**
 * Holds up the live processing of a version until the surrounding transaction ends. A live batch stores its token before
 * it loads rows, so neither sees half of what the other does.
 */
final class TokenLock {

    private TokenLock() {}

    static void take(ProjectionStore store, VersionId version) {
        store.jdbc()
                .query(
                        "select segment from %s where processor_name = ? order by segment for update"
                                .formatted(store.table().tokens()),
                        result -> {},
                        version.toString());
    }
}
