package io.changeover.freshness;

import io.changeover.projection.VersionState.Stage;
import io.changeover.view.VersionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Versions in memory, as a test says they are. */
final class KnownVersions implements Sight {

    static final VersionId OLD = VersionId.parse("order-board@1");
    static final VersionId NEW = VersionId.parse("order-board@2");

    final Map<VersionId, Look> looks = new ConcurrentHashMap<>();
    final Map<VersionId, Long> parked = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile long head = 100;
    volatile boolean foreign;

    void at(VersionId version, long position) {
        looks.put(version, new Look(Stage.LIVE, null, position, position, parked.containsKey(version)));
    }

    void in(VersionId version, Stage stage, String failure) {
        looks.put(version, new Look(stage, failure, 40, 40, false));
    }

    @Override
    public Look look(VersionId version) {
        asked.incrementAndGet();
        return looks.getOrDefault(version, new Look(null, null, 0, 0, false));
    }

    @Override
    public boolean parked(VersionId version, long first, long last) {
        Long position = parked.get(version);
        return position != null && position >= first && position <= last;
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public boolean foreign(VersionId version) {
        return foreign;
    }
}
