package io.changeover.benchmark.replay.contender;

import io.changeover.benchmark.replay.store.Database;
import java.time.Duration;
import java.util.Map;

/** Who builds the rows of {@code order-board@2} from a store: a table with key, secondary indexes and statistics. */
public interface Contender {

    /**
     * One replay.
     *
     * @param elapsed from the first read to the finished table
     * @param stages where the time went, in order; empty where the contender cannot tell
     */
    record Replay(Duration elapsed, Map<String, Duration> stages) {}

    /** Short name, such as {@code stock}. */
    String name();

    /** What it is, in a sentence. */
    String what();

    /** Whether its rows tell position and identifier of their last event. */
    boolean provenance();

    /** Qualified name of its table. */
    String table();

    /** Drops what an earlier replay left in the store. */
    void reset(Database store);

    /** Replays the whole store. */
    Replay replay(Database store);
}
