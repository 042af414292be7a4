package io.changeover.operation;

import io.changeover.projection.Projections;
import io.changeover.projection.SegmentClaim;
import io.changeover.projection.SegmentWishes;
import io.changeover.projection.SegmentWishes.Wish;
import io.changeover.view.VersionId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads the segments of live versions over the nodes that follow them: a node that has at least two fewer than another
 * asks it for one, and that leaves it. Who asks follows the version, so nothing is left that nobody would take. What a person
 * asks for comes before balance. Looks by one statement, however many versions there are.
 */
final class SegmentBalance {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentBalance.class);

    /** A node with one more than another has nothing to give. */
    private static final int UNEVEN = 2;

    private final Projections projections;
    private final SegmentWishes wishes;
    private final boolean balances;
    private @Nullable VersionId asked;

    /** @param balances whether this node asks for segments, and gives any that it is not asked for by number */
    SegmentBalance(Projections projections, SegmentWishes wishes, boolean balances) {
        this.projections = projections;
        this.wishes = wishes;
        this.balances = balances;
    }

    /**
     * Gives and takes.
     *
     * @param all the segments of all versions, and who has them
     * @param followed versions that this node follows
     */
    void look(Map<VersionId, List<SegmentClaim>> all, Set<VersionId> followed) {
        Map<VersionId, List<SegmentClaim>> claims = new HashMap<>(all);
        // Those that a component builds are run by Axon as the team has configured it.
        claims.keySet().removeIf(version -> !followed.contains(version) || projections.isHandled(version));
        Map<String, Integer> counts = new HashMap<>();
        claims.values().forEach(segments -> segments.stream()
                .map(SegmentClaim::owner)
                .filter(Objects::nonNull)
                .forEach(owner -> counts.merge(owner, 1, Integer::sum)));
        boolean mayGive = true;
        List<Wish> wished = wishes.ofOthers();
        for (Wish wish : wished) {
            List<SegmentClaim> segments = claims.get(wish.version());
            if (segments == null) {
                continue;
            }
            if (wish.segment() != SegmentWishes.ANY) {
                give(wish, wish.segment(), segments);
            } else if (balances
                    && mayGive
                    && counts.getOrDefault(wishes.node(), 0) - counts.getOrDefault(wish.node(), 0) >= UNEVEN) {
                mayGive = false; // the counts are those of before
                segments.stream()
                        .filter(claim -> wishes.node().equals(claim.owner()))
                        .map(claim -> claim.segment().getSegmentId())
                        .max(Comparator.naturalOrder())
                        .ifPresent(segment -> give(wish, segment, segments));
            }
        }
        if (balances) {
            take(claims, counts, wished);
        }
    }

    private void give(Wish wish, int segment, List<SegmentClaim> segments) {
        boolean mine = segments.stream()
                .anyMatch(claim -> claim.segment().getSegmentId() == segment
                        && wishes.node().equals(claim.owner()));
        if (mine) {
            LOG.info("Segment {} of {} is left to node {}, which asks for it", segment, wish.version(), wish.node());
            projections.releaseSegment(wish.version(), segment);
            wishes.heard(wish);
        }
    }

    /** What nobody has is claimed at once; of what another has too many of, one is asked for. */
    private void take(Map<VersionId, List<SegmentClaim>> claims, Map<String, Integer> counts, List<Wish> wished) {
        int mine = counts.getOrDefault(wishes.node(), 0);
        int least = counts.values().stream().min(Comparator.naturalOrder()).orElse(0);
        VersionId wanted = null;
        int most = mine + UNEVEN - 1;
        for (Map.Entry<VersionId, List<SegmentClaim>> version : claims.entrySet()) {
            for (SegmentClaim claim : version.getValue()) {
                if (claim.owner() == null && mine <= least && !isWished(version.getKey(), claim, wished)) {
                    projections.claimSegment(version.getKey(), claim.segment().getSegmentId());
                } else if (claim.owner() != null && counts.getOrDefault(claim.owner(), 0) > most) {
                    most = counts.getOrDefault(claim.owner(), 0);
                    wanted = version.getKey();
                }
            }
        }
        if (asked != null && !asked.equals(wanted)) {
            wishes.withdraw(asked);
        }
        if (wanted != null) {
            wishes.ask(wanted, SegmentWishes.ANY);
        }
        asked = wanted;
    }

    /** Somebody is about to change it, and needs it together with another. */
    private static boolean isWished(VersionId version, SegmentClaim claim, List<Wish> wished) {
        return wished.stream()
                .anyMatch(wish -> wish.version().equals(version)
                        && wish.segment() == claim.segment().getSegmentId());
    }
}
