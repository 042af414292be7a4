package io.changeover.mirror;

import io.changeover.projection.ProjectionStore;

/** The mirror as the database has it, and what a person decides about it. Safe for use by several threads. */
public final class MirrorLedger {

    private final MirrorStore store;
    private final MirrorHorizon horizon;

    /** The ledger of the mirror of that topic. */
    public MirrorLedger(String topic, ProjectionStore store, MirrorHorizon horizon) {
        this.store = new MirrorStore(topic, "", store);
        this.horizon = horizon;
    }

    /** How it stands. */
    public MirrorState state() {
        return store.state(horizon.getAsLong());
    }

    /** Whether it waits at the record. */
    public boolean waitsAt(int partition, long offset) {
        return store.waitsAt(partition, offset);
    }

    /** Has it go on without the record; once is enough. */
    public void skip(int partition, long offset, String actor, String reason) {
        store.skip(partition, offset, actor, reason);
    }

    /** Has the topic carried from its beginning again. What is here stays, and is not added twice. */
    public void restart() {
        store.restart();
    }
}
