package io.changeover.consumer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * By what a consumer authenticates.
 *
 * @param value the token itself, which nobody but the consumer keeps
 */
public record ConsumerToken(String value) {

    private static final int BYTES = 32;

    /**
     * A new one of 256 random bits.
     *
     * @param random a source that nobody can foresee, such as a {@link java.security.SecureRandom}
     */
    public static ConsumerToken fresh(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ConsumerToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** SHA-256 of it in hexadecimal digits. */
    public String hash() {
        return HexFormat.of().formatHex(digest());
    }

    byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return "a consumer's token"; // never in a log by accident
    }
}
