package io.changeover.projections.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of view versions.
 *
 * @param nodeId name of this node, unique among all that share the database; it owns claims on tokens and
 *     acknowledgements, so a node that keeps its name takes its claims up at once after a crash. By default the host's
 *     name with the port of the server, or with the process id where there is none
 * @param pollInterval longest time until this node notices what another has committed
 * @param live live processing
 * @param handlers event handling components that are declared as view versions
 * @param backfill building versions from history
 * @param gates what must hold before more readers move forward
 * @param store what is expected of the event store
 */
@ConfigurationProperties("changeover")
record ChangeoverProperties(
        @DefaultValue("") String nodeId,
        @DefaultValue("100ms") Duration pollInterval,
        @DefaultValue Live live,
        @DefaultValue Handlers handlers,
        @DefaultValue Backfill backfill,
        @DefaultValue Gates gates,
        @DefaultValue Store store) {

    /**
     * Live processing.
     *
     * @param batchSize events that are folded and committed at once
     * @param segments segments that a new version begins with
     * @param workers threads for all versions of this node
     */
    record Live(@DefaultValue("1000") int batchSize, @DefaultValue("1") int segments, @DefaultValue("2") int workers) {}

    /**
     * Event handling components that are declared as view versions.
     *
     * @param batchSize events that are passed on in one transaction, to each segment of a version
     * @param claimInterval how often to look for segments that nobody works on, as after an error or the death of a node
     */
    record Handlers(@DefaultValue("500") int batchSize, @DefaultValue("1s") Duration claimInterval) {}

    /**
     * Building versions from history.
     *
     * @param pageSize events read at once
     * @param checkpointEvents events after which rows and progress are committed
     * @param checkpointInterval time after which they are committed at the latest
     * @param maxRowsInMemory rows kept in memory between checkpoints
     * @param claimPatience how long to wait for a claim that another node holds
     */
    record Backfill(
            @DefaultValue("5000") int pageSize,
            @DefaultValue("50000") int checkpointEvents,
            @DefaultValue("5s") Duration checkpointInterval,
            @DefaultValue("500000") int maxRowsInMemory,
            @DefaultValue("30s") Duration claimPatience) {}

    /**
     * What must hold before more readers move forward.
     *
     * @param maxLag how many positions a version may be behind the head of the store
     * @param maxParityAge how old the last comparison may be
     */
    record Gates(@DefaultValue("1000") long maxLag, @DefaultValue("15m") Duration maxParityAge) {}

    /**
     * What is expected of the event store.
     *
     * @param unknownEvents what to do at the start when the store holds events, or revisions, that no class and no step
     *     knows. Refused by default, because aggregates and views would be built without them
     * @param ignoredEvents names of stored events that belong to somebody else
     */
    record Store(@DefaultValue("refuse") UnknownEvents unknownEvents, @DefaultValue List<String> ignoredEvents) {}

    /** What to do about events that nobody knows. */
    enum UnknownEvents {
        /** Do not start. */
        REFUSE,
        /** Start, and say so in the log; each one is parked or left out where it is met. */
        WARN
    }
}
