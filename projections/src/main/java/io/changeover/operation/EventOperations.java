package io.changeover.operation;

import io.changeover.sample.Sample;
import java.util.List;

/**
 * What an operator and a team may ask of the events themselves. Each refuses with {@link OperationRefusedException} when
 * a rule does not hold. Nothing here changes anything.
 */
public interface EventOperations {

    /** All events that the application knows, with their revisions, ordered by name. */
    List<EventDescription> catalogue();

    /** One event. */
    EventDescription event(String name);

    /** The releases that may be rolled back to, oldest first. */
    List<String> releases();

    /**
     * Which stored events an older release could read, after a look at every event that it would have to be told.
     *
     * @param release name of a declared release
     */
    RollbackReport rollbackReport(String release);

    /**
     * Samples of every revision in the store: smallest, largest, and one of each structure, with all that is sensitive
     * replaced. Looks at every stored event.
     */
    MinedSamples mineSamples();

    /**
     * Samples from the store.
     *
     * @param samples what was picked, not approved by anybody yet
     * @param withheld why revisions have none, each as a sentence with the remedy: nothing is shown that could be
     *     sensitive
     */
    record MinedSamples(List<Sample> samples, List<String> withheld) {}
}
