package io.changeover.benchmark.invoice;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which keys show the fault of {@code invoice-board@3}: one in 100,000, by the CRC-32 of the key in UTF-8. */
public final class Faulty {

    /** One key in so many. */
    public static final long ONE_IN = 100_000;

    private static final long REMAINDER = 7;

    private Faulty() {}

    /** Whether the key does. */
    public static boolean shows(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % ONE_IN == REMAINDER;
    }

    /**
     * The same in SQL of PostgreSQL 18, which shares no code with the fold.
     *
     * @param key expression of type text
     */
    public static String sql(String key) {
        return "crc32(convert_to(%s, 'UTF8')) %% %d = %d".formatted(key, ONE_IN, REMAINDER);
    }
}
