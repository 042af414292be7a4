package io.changeover.reconcile;

import io.changeover.parity.HomesReport;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out where versions stand. */
final class Standings {

    private static final Set<String> FOLLOWING = Set.of("LIVE", "INCOMPLETE");

    private record Built(String state, OffsetDateTime at) {}

    private final Versions versions;
    private final Projections projections;
    private final ProjectionStore store;
    private final ParityCheck parity;

    Standings(Versions versions, Projections projections, ProjectionStore store, ParityCheck parity) {
        this.versions = versions;
        this.projections = projections;
        this.store = store;
        this.parity = parity;
    }

    /**
     * The marks are read before the positions. The other way round, a version could be built anew in between, and rows of
     * the former one would count as compared.
     */
    Standing of(VersionPair pair) {
        Built left = built(pair.left());
        Built right = built(pair.right());
        String paused = paused(pair, left, right);
        return new Standing(
                paused,
                left == null ? null : left.at(),
                right == null ? null : right.at(),
                paused == null ? low(pair) : 0);
    }

    /** Why the versions cannot be compared now, or null when they can. */
    @Nullable
    String paused(VersionPair pair) {
        return paused(pair, built(pair.left()), built(pair.right()));
    }

    private @Nullable String paused(VersionPair pair, @Nullable Built left, @Nullable Built right) {
        String reason = paused(pair.left(), left);
        return reason == null ? paused(pair.right(), right) : reason;
    }

    /** Whether the version is built here and follows live events. */
    boolean isFollowing(VersionId version) {
        Built built = built(version);
        return built != null && FOLLOWING.contains(built.state());
    }

    /** Whether it was ever begun. */
    boolean isBegun(VersionId version) {
        return built(version) != null;
    }

    private @Nullable String paused(VersionId version, @Nullable Built built) {
        if (!isBuiltHere(version)) {
            return null;
        }
        if (built == null) {
            return "%s has not been built; build it first".formatted(version);
        }
        return FOLLOWING.contains(built.state())
                ? null
                : "%s is %s; the comparison goes on once it is live"
                        .formatted(version, built.state().toLowerCase(Locale.ROOT));
    }

    private @Nullable Built built(VersionId version) {
        return store
                .jdbc()
                .query(
                        "select state, updated_at from changeover.view_version where view = ? and version = ?",
                        (result, index) -> new Built(result.getString(1), result.getObject(2, OffsetDateTime.class)),
                        version.view(),
                        version.version())
                .stream()
                .findFirst()
                .orElse(null);
    }

    private long low(VersionPair pair) {
        if (isBuiltHere(pair.left()) && isBuiltHere(pair.right())) {
            return Math.min(
                    projections.positions(pair.left()).low(),
                    projections.positions(pair.right()).low());
        }
        // Where a foreign table is, and how far, the comparison knows.
        HomesReport nothing = parity.homes(pair.left(), pair.right(), Set.of(), row -> {});
        return Math.min(nothing.leftPosition(), nothing.rightPosition());
    }

    private boolean isBuiltHere(VersionId version) {
        return !(versions.get(version) instanceof ForeignVersion);
    }
}
