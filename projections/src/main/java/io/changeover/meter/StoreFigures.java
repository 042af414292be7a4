package io.changeover.meter;

import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;

/**
 * What the store says at one moment; any node reads the same.
 *
 * @param versions versions that were begun and that this application declares
 * @param effects open effects by view; views that never had one are left out
 * @param claims whether a node that is heard of carries the view forward, by view; views that were never carried are left
 *     out
 * @param nodes the nodes that were heard of last, within a limit
 * @param published topics that this application declares
 * @param carried the topic that the views follow, if they follow one
 */
public record StoreFigures(
        Map<VersionId, OfVersion> versions,
        Map<String, OpenEffects> effects,
        Map<String, Boolean> claims,
        List<OfNode> nodes,
        List<OfTopic> published,
        List<OfTopic> carried) {

    /** Copies the collections. */
    public StoreFigures {
        versions = Map.copyOf(versions);
        effects = Map.copyOf(effects);
        claims = Map.copyOf(claims);
        nodes = List.copyOf(nodes);
        published = List.copyOf(published);
        carried = List.copyOf(carried);
    }

    /**
     * Figures of a version.
     *
     * @param state how far its building has come, in lower case
     * @param follows whether it follows live events; the two figures after this one mean something only then
     * @param lag positions of the store that it has not applied yet
     * @param delay seconds since the oldest event happened that it has not applied yet; 0 where there is none
     * @param deadLetters events that wait because they could not be applied
     * @param consumers consumers whom it has answered within the last day, those without a name as one
     */
    public record OfVersion(String state, boolean follows, long lag, double delay, long deadLetters, long consumers) {}

    /**
     * Effects of a view.
     *
     * @param pending to be done, or to be made up for
     * @param failed that wait for a person
     */
    public record OpenEffects(long pending, long failed) {}

    /**
     * Figures of a node.
     *
     * @param node its name
     * @param silence seconds since it was heard of
     * @param behind views whose latest decision it has not acknowledged
     * @param lag seconds since the oldest decision that it has not acknowledged; 0 where it has acknowledged all
     */
    public record OfNode(String node, double silence, int behind, double lag) {}

    /**
     * Figures of a topic.
     *
     * @param topic its name
     * @param lag positions of the store that are not on it yet, or records of it that are not carried yet
     * @param failing whether it does not get on
     */
    public record OfTopic(String topic, long lag, boolean failing) {}
}
