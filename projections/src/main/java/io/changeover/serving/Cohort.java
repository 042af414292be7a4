package io.changeover.serving;

/**
 * The sticky bucket of a reader, from 0 to 9,999. A version at n percent serves the buckets below n × 100, so who has
 * seen it at 5 % sees it at 25 %, and on the way back the last to come is the first to leave.
 */
public final class Cohort {

    /** Number of buckets. */
    public static final int COUNT = 10_000;

    /** The Castagnoli polynomial of RFC 3720, bits reversed. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int[] TABLE = table();

    private Cohort() {}

    /** The bucket of a routing key for a view; the same on every node and for ever. */
    public static int of(String view, String routingKey) {
        return of(seed(view), routingKey);
    }

    /** What a bucket of the view begins with, so that it is worked out only once. */
    static int seed(String view) {
        return step(add(-1, view), 0);
    }

    /**
     * The same from a seed. CRC32C of the UTF-8 bytes; Java's own wants an object and an array for each call, and this is
     * worked out in every routed call.
     */
    static int of(int seed, String routingKey) {
        int crc = ~add(seed, routingKey);
        // The high bits of a CRC of short, similar keys are mixed poorly; this is the finaliser of MurmurHash3.
        int mixed = crc;
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

    private static int add(int crc, String text) {
        int sum = crc;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                sum = step(sum, unit);
            } else if (unit < 0x800) {
                sum = follow(step(sum, 0xC0 | (unit >> 6)), unit);
            } else if (!Character.isSurrogate(unit)) {
                sum = follow(follow(step(sum, 0xE0 | (unit >> 12)), unit >> 6), unit);
            } else if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(unit, text.charAt(++i));
                sum = follow(follow(follow(step(sum, 0xF0 | (point >> 18)), point >> 12), point >> 6), point);
            } else {
                sum = step(sum, '?'); // what UTF-8 writes for half a pair
            }
        }
        return sum;
    }

    /** An octet that follows the first one of a character: six bits of it. */
    private static int follow(int crc, int bits) {
        return step(crc, 0x80 | (bits & 0x3F));
    }

    private static int step(int crc, int octet) {
        return (crc >>> 8) ^ TABLE[(crc ^ octet) & 0xFF];
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            table[i] = crc;
        }
        return table;
    }
}
