package io.changeover.app.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * What a program sends to be let in. It begins with letters by which a scan of files finds it where it should not be.
 *
 * @param value the secret itself, which is shown once and kept nowhere
 */
record TokenSecret(String value) {

    static final String PREFIX = "cho_";
    private static final int BYTES = 32;

    /** @param random a source that nobody can foresee */
    static TokenSecret fresh(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TokenSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether the text has the form of one that was issued here. */
    static boolean isOne(String text) {
        return text.startsWith(PREFIX);
    }

    /** SHA-256 of it. It has 256 random bits, so a slow hash would protect nothing more. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return "a token"; // never in a log by accident
    }
}
