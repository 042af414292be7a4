package io.changeover.backfill;

import io.changeover.projection.SegmentClaim;
import io.changeover.projection.SegmentWishes;
import io.changeover.view.VersionId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.Segment;

/**
 * How the segments of a version that is being built are divided among nodes. Whoever begins takes all that nobody has. A node
 * that finds none left asks; those that have more than their part give some up at their next checkpoint. What is at the
 * horizon is not counted, so a node that is done asks for a part of what another still has.
 */
final class Shares {

    private final SegmentWishes wishes;
    private final String node;

    /** @param wishes what nodes ask of each other */
    Shares(SegmentWishes wishes) {
        this.wishes = wishes;
        this.node = wishes.node();
    }

    /**
     * Segments that a node is to claim.
     *
     * @param segments the segments
     * @param all whether a part of them is of no use
     */
    record Part(List<Segment> segments, boolean all) {}

    /**
     * What this node is to claim of the version: its part of those that have not come to the horizon, or all to finish it.
     *
     * @param horizon position at which its backfill ends
     * @return empty where others have everything that is left
     */
    Part part(VersionId version, List<SegmentClaim> claims, long horizon) {
        List<SegmentClaim> unfinished =
                claims.stream().filter(claim -> claim.position() < horizon).toList();
        if (unfinished.isEmpty()) {
            return new Part(segments(claims), true);
        }
        int part = Math.max(
                1, unfinished.size() / participants(version, unfinished).size());
        return new Part(
                unfinished.stream()
                        .filter(claim -> claim.owner() == null || claim.owner().equals(node))
                        .limit(part)
                        .map(SegmentClaim::segment)
                        .toList(),
                false);
    }

    private static List<Segment> segments(List<SegmentClaim> claims) {
        return claims.stream().map(SegmentClaim::segment).toList();
    }

    /** How many of its segments this node is to leave to those that ask for some. */
    int surplus(VersionId version, List<SegmentClaim> claims, long horizon) {
        List<SegmentClaim> unfinished =
                claims.stream().filter(claim -> claim.position() < horizon).toList();
        int mine = (int)
                unfinished.stream().filter(claim -> node.equals(claim.owner())).count();
        int participants = participants(version, unfinished).size();
        int part = (unfinished.size() + participants - 1) / participants;
        return Math.max(0, mine - Math.max(1, part));
    }

    /** Those that have a part of what is left, or ask for one, and this node. */
    private Set<String> participants(VersionId version, List<SegmentClaim> unfinished) {
        Set<String> participants = new HashSet<>(asking(version));
        participants.addAll(unfinished.stream()
                .map(SegmentClaim::owner)
                .filter(owner -> owner != null)
                .collect(Collectors.toSet()));
        participants.add(node);
        return participants;
    }

    private List<String> asking(VersionId version) {
        return wishes.ofOthers().stream()
                .filter(wish -> wish.version().equals(version))
                .map(SegmentWishes.Wish::node)
                .toList();
    }

    /** Tells those that build the version that this node would take a part. */
    void ask(VersionId version) {
        wishes.ask(version, SegmentWishes.ANY);
    }

    /** This node asks no more. */
    void asked(VersionId version) {
        wishes.withdraw(version);
    }
}
