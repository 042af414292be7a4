package io.changeover.projections.autoconfigure;

import io.changeover.backfill.BackfillOptions;
import io.changeover.parity.ParityOptions;
import io.changeover.serving.CannotFollow;
import io.changeover.serving.FollowOptions;
import io.changeover.serving.ViewSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

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
 * @param parity comparing versions
 * @param gates what must hold before more readers move forward
 * @param store what is expected of the event store
 * @param serving how readers are served
 * @param signals how nodes tell each other of commits
 * @param views the same for single views, by name
 */
@ConfigurationProperties("changeover")
record ChangeoverProperties(
        @DefaultValue("") String nodeId,
        @DefaultValue("100ms") Duration pollInterval,
        @DefaultValue Live live,
        @DefaultValue Handlers handlers,
        @DefaultValue Backfill backfill,
        @DefaultValue Parity parity,
        @DefaultValue Gates gates,
        @DefaultValue Store store,
        @DefaultValue Serving serving,
        @DefaultValue Signals signals,
        @DefaultValue Map<String, ServedView> views) {

    /** How a view is served on this node. */
    ViewSettings settings(String view) {
        ServedView own = views.getOrDefault(view, ServedView.NONE);
        return new ViewSettings(
                own.serve(),
                Objects.requireNonNullElse(own.cannotFollow(), serving.cannotFollow()),
                Objects.requireNonNullElse(own.shadowShare(), serving.shadowShare()),
                Objects.requireNonNullElse(own.timeLimit(), serving.timeLimit()));
    }

    /**
     * How readers are served.
     *
     * @param cannotFollow what a node does with a view while it cannot learn which version serves
     * @param patience how long a node goes on as before when it cannot learn that
     * @param pollInterval how often a node looks for decisions about who serves while a changeover is open
     * @param acknowledgementWait how long a shift waits until all nodes that are up route by it, before it is answered
     * @param shadowShare share of calls that are also asked of the other version, from 0 to 1, while a changeover is open
     * @param timeLimit longest time that a new version may take while the old one can answer instead; zero for no limit
     */
    record Serving(
            @DefaultValue("last-known") CannotFollow cannotFollow,
            @DefaultValue("5s") Duration patience,
            @DefaultValue("25ms") Duration pollInterval,
            @DefaultValue("2s") Duration acknowledgementWait,
            @DefaultValue("0.01") double shadowShare,
            @DefaultValue("1s") Duration timeLimit) {

        FollowOptions follow(Duration idleInterval) {
            return new FollowOptions(pollInterval, idleInterval, patience);
        }
    }

    /**
     * How one view is served, where that is other than for the rest.
     *
     * @param serve version that answers all readers of this node, whatever the changeover says
     * @param cannotFollow what a node does with the view while it cannot learn which version serves
     * @param shadowShare share of calls that are also asked of the other version, from 0 to 1
     * @param timeLimit longest time that a new version may take while the old one can answer instead; zero for no limit
     */
    record ServedView(
            @Nullable Integer serve,
            @Nullable CannotFollow cannotFollow,
            @Nullable Double shadowShare,
            @Nullable Duration timeLimit) {

        static final ServedView NONE = new ServedView(null, null, null, null);
    }

    /**
     * How nodes tell each other of commits.
     *
     * @param enabled whether this node tells others of its commits and hears of theirs, by a connection of the pool that it
     *     keeps. To be switched off behind a pooler that gives each transaction another connection; nodes poll then
     */
    record Signals(@DefaultValue("true") boolean enabled) {}

    /**
     * Live processing.
     *
     * @param batchSize events that are folded and committed at once
     * @param segments segments that a new version begins with
     * @param workers threads for all versions of this node
     * @param balance whether nodes leave segments to others until all have about as many
     */
    record Live(
            @DefaultValue("1000") int batchSize,
            @DefaultValue("1") int segments,
            @DefaultValue("2") int workers,
            @DefaultValue("true") boolean balance) {}

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
     * @param enabled whether this node builds versions; otherwise what it is asked to build is built by other nodes, as
     *     where some nodes serve readers and others build. Versions that a component builds are not concerned
     * @param workers threads that parse and fold, for all backfills of this node; 0 for as many as there are processors
     * @param memoryBudget memory that the rows of all backfills of this node may take together; rows beyond it are
     *     written to the table and read back when they are needed. By default a quarter of the heap
     * @param checkpointInterval greatest amount of work, as time, that a crash may cost
     * @param checkpointSize greatest amount of work, as history read, that a crash may cost
     * @param chunkEvents events that are parsed by one thread at a time
     * @param maxDeadLetters number of waiting events from which on a backfill of a version is given up
     */
    record Backfill(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("0") int workers,
            @Nullable DataSize memoryBudget,
            @DefaultValue("2s") Duration checkpointInterval,
            @DefaultValue("1GB") DataSize checkpointSize,
            @DefaultValue("1000") int chunkEvents,
            @DefaultValue("10000") long maxDeadLetters) {

        BackfillOptions options() {
            return new BackfillOptions(
                    enabled,
                    workers == 0 ? Runtime.getRuntime().availableProcessors() : workers,
                    memoryBudget == null ? BackfillOptions.quarterOfHeap() : memoryBudget.toBytes(),
                    checkpointInterval,
                    checkpointSize.toBytes(),
                    chunkEvents,
                    maxDeadLetters);
        }
    }

    /**
     * Comparing versions.
     *
     * @param snapshotLimit longest time that a comparison may hold one snapshot of the database, which keeps it from
     *     cleaning up; a view that takes longer is compared in ranges of keys
     * @param rangeRows rows of the first range; later ones follow the pace
     * @param workMemory memory that the database may use for each sort or hash of a comparison
     * @param probeRows rows of each side on which a canonical form in SQL is held against the method before it is used
     * @param rechecks how often rows in flight are looked at again
     * @param recheckPause pause before each of these looks
     * @param foreignPatience pause before rows that differ from a foreign table without a position are looked at again
     * @param lag positions that a version may be behind the store before a comparison makes way for its live processing:
     *     it then works on small ranges, alone, and rests after each
     * @param rest how many times as long as it has worked on a range a comparison rests while it makes way
     */
    record Parity(
            @DefaultValue("30s") Duration snapshotLimit,
            @DefaultValue("1000000") long rangeRows,
            @DefaultValue("64MB") DataSize workMemory,
            @DefaultValue("1000") int probeRows,
            @DefaultValue("40") int rechecks,
            @DefaultValue("50ms") Duration recheckPause,
            @DefaultValue("1s") Duration foreignPatience,
            @DefaultValue("1000") long lag,
            @DefaultValue("3") int rest) {

        ParityOptions options() {
            ParityOptions defaults = ParityOptions.defaults();
            return new ParityOptions(
                    defaults.samples(),
                    rechecks,
                    recheckPause,
                    foreignPatience,
                    snapshotLimit,
                    rangeRows,
                    defaults.maxGap(),
                    probeRows,
                    workMemory.toBytes(),
                    lag,
                    rest);
        }
    }

    /**
     * What must hold before more readers move forward.
     *
     * @param maxLag how many positions a version may be behind the head of the store
     * @param maxParityAge how old the last comparison may be
     * @param quiet how long a consumer must not have been answered by the old version before a changeover may be
     *     completed without it
     */
    record Gates(
            @DefaultValue("1000") long maxLag,
            @DefaultValue("15m") Duration maxParityAge,
            @DefaultValue("15m") Duration quiet) {}

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
