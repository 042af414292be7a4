package io.changeover.serving;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The sticky bucket of a reader, from 0 to 9,999. A version at n percent serves the buckets below n × 100, so who has
 * seen it at 5 % sees it at 25 %, and on the way back the last to come is the first to leave.
 */
public final class Cohort {

    /** Number of buckets. */
    public static final int COUNT = 10_000;

    private Cohort() {}

    /** The bucket of a routing key for a view; the same on every node and for ever. */
    public static int of(String view, String routingKey) {
        CRC32C hash = new CRC32C();
        hash.update(view.getBytes(StandardCharsets.UTF_8));
        hash.update(0);
        hash.update(routingKey.getBytes(StandardCharsets.UTF_8));
        // The high bits of a CRC of short, similar keys are mixed poorly; this is the finaliser of MurmurHash3.
        int mixed = (int) hash.getValue();
        mixed ^= mixed >>> 16;
        mixed *= 0x85ebca6b;
        mixed ^= mixed >>> 13;
        mixed *= 0xc2b2ae35;
        mixed ^= mixed >>> 16;
        return Integer.remainderUnsigned(mixed, COUNT);
    }

    /** Whether a version at the percentage serves the bucket. */
    public static boolean served(int cohort, int percent) {
        return cohort < percent * (COUNT / 100);
    }
}
