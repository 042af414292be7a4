package io.changeover.reconcile;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.serving.Router;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which versions are compared: in a changeover the two of it, else the one that serves with each other one that
 * lives, and always those that the team has named. A foreign version only where it is named, since its differences may be
 * known and many.
 */
final class Pairs {

    private final Versions versions;
    private final Router router;
    private final Standings standings;
    private final List<VersionPair> named;

    /**
     * @throws io.changeover.view.UnknownVersionException when a named version is not declared
     * @throws IllegalArgumentException when both versions of a named pair are foreign
     */
    Pairs(Versions versions, Router router, Standings standings, List<VersionPair> named) {
        this.versions = versions;
        this.router = router;
        this.standings = standings;
        this.named = named;
        for (VersionPair pair : named) {
            VersionDefinition left = versions.get(pair.left());
            VersionDefinition right = versions.get(pair.right());
            if (left instanceof ForeignVersion && right instanceof ForeignVersion) {
                throw new IllegalArgumentException(
                        "'%s' cannot be reconciled: both versions are maintained by somebody else, so no event tells which rows to look at; name a pair with one that is built here"
                                .formatted(pair));
            }
        }
    }

    /** The pairs at this moment, in order. Of those that are named, versions may not be built yet. */
    SortedSet<VersionPair> now() {
        SortedSet<VersionPair> pairs = new TreeSet<>(named);
        versions.views().forEach(view -> chosen(view, pairs));
        return pairs;
    }

    private void chosen(String view, SortedSet<VersionPair> pairs) {
        ChangeoverState state = router.state(view).orElse(null);
        if (state == null || !isBuiltHere(new VersionId(view, state.serving()))) {
            return;
        }
        VersionId serving = new VersionId(view, state.serving());
        Attempt open = state.open();
        if (open != null) {
            VersionId target = new VersionId(view, open.to());
            if (isBuiltHere(target) && standings.isBegun(target)) {
                pairs.add(VersionPair.of(serving, target));
            }
            return;
        }
        for (VersionDefinition other : versions.of(view)) {
            VersionId id = other.id();
            if (!id.equals(serving)
                    && isBuiltHere(id)
                    && !isAbandoned(id, state.latest())
                    && standings.isFollowing(id)) {
                pairs.add(VersionPair.of(serving, id));
            }
        }
    }

    /** The target of a changeover that was aborted was stopped, and stays as it was. */
    private static boolean isAbandoned(VersionId version, @Nullable Attempt latest) {
        return latest != null && latest.phase() == Phase.ABORTED && latest.to() == version.version();
    }

    private boolean isBuiltHere(VersionId version) {
        return versions.find(version)
                .filter(definition -> !(definition instanceof ForeignVersion))
                .isPresent();
    }
}
