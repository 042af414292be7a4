package io.changeover.upcast;

import java.util.Collection;
import java.util.Set;

/**
 * The revisions that a reader knows: a release of the application, or a consumer that was built against some revisions.
 *
 * @param name what the reader is called, such as {@code release-1}
 * @param revisions each revision that it knows, at most one for each event name
 */
public record Contract(String name, Set<Revision> revisions) {

    /** @throws IllegalArgumentException when two revisions have one event name */
    public Contract {
        revisions = Set.copyOf(revisions);
        if (revisions.stream().map(Revision::name).distinct().count() < revisions.size()) {
            throw new IllegalArgumentException(
                    "Contract '%s' has two revisions of one event among %s but a reader knows one of each; remove the other"
                            .formatted(
                                    name,
                                    revisions.stream().sorted(EventSteps.ORDER).toList()));
        }
    }

    /** A contract with these revisions. */
    public static Contract of(String name, Collection<Revision> revisions) {
        return new Contract(name, Set.copyOf(revisions));
    }

    /** Whether the reader knows exactly this revision. */
    public boolean knows(Revision revision) {
        return revisions.contains(revision);
    }
}
