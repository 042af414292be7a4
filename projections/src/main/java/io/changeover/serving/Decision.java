package io.changeover.serving;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** That a version answers, for a reason, as long as a route holds; made once and shared by all calls. */
final class Decision {

    /** No version. */
    static final int NONE = 0;

    final int version;
    final Reason reason;

    /** The version that answers where this one fails, or {@link #NONE}. */
    final int fallback;

    /** The version that a sampled call is compared with, or {@link #NONE}. */
    final int shadow;

    private final Map<ReaderIdentity, LongAdder> answered = new ConcurrentHashMap<>();

    Decision(int version, Reason reason, int fallback, int shadow) {
        this.version = version;
        this.reason = reason;
        this.fallback = fallback;
        this.shadow = shadow;
    }

    void count(ReaderIdentity identity) {
        LongAdder calls = answered.get(identity);
        if (calls == null) {
            calls = answered.computeIfAbsent(identity, first -> new LongAdder());
        }
        calls.increment();
    }

    Map<ReaderIdentity, LongAdder> answered() {
        return answered;
    }
}
