package io.changeover.app;

import io.changeover.throttle.Governor;
import io.changeover.throttle.SignalReading;
import io.changeover.throttle.ThrottleLimits;
import io.changeover.throttle.ThrottleSignal;
import java.time.Duration;
import java.util.List;

/** The throttle of a node without work, with a standby that is behind and a signal that cannot be read. */
public final class IdleGovernor {

    /** What it begins with, on any machine. */
    public static final ThrottleLimits LIMITS = new ThrottleLimits(
            false, 2, 0, Duration.ofMillis(100), 1.1, 1_000, Duration.ofMillis(100), 64L << 20, Duration.ofSeconds(5));

    private IdleGovernor() {}

    private static final class Standby implements ThrottleSignal {

        @Override
        public String name() {
            return "replication-lag";
        }

        @Override
        public SignalReading read(ThrottleLimits limits) {
            return SignalReading.of(
                    80_000_000,
                    (double) LIMITS.replicationLag(),
                    "bytes",
                    "standby 'berlin' is 80,000,000 bytes behind");
        }
    }

    private static final class Disk implements ThrottleSignal {

        @Override
        public String name() {
            return "disk";
        }

        @Override
        public SignalReading read(ThrottleLimits limits) throws Exception {
            throw new Exception("no such file");
        }
    }

    /** One governor. */
    public static Governor create() {
        return new Governor("node-1", LIMITS, List.of(new Standby(), new Disk()));
    }
}
