package io.changeover.app.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a password must be. */
public final class Passwords {

    private static final int SHORTEST = 12;

    /** The hash takes no more bytes, and what came after them would prove nothing. */
    private static final int LONGEST = 72;

    private static final int BYTES = 15;

    private Passwords() {}

    /** What is wrong with the password of that person, as a sentence that never holds it; empty when nothing is. */
    public static Optional<String> problem(String name, String password) {
        if (password.length() < SHORTEST || password.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of(
                    "The password has %d characters but must have at least %d, and at most %d bytes in UTF-8; choose another"
                            .formatted(password.length(), SHORTEST, LONGEST));
        }
        if (password.strip().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("The password is the name, which everybody knows; choose another");
        }
        return Optional.empty();
    }

    /** A password of 120 random bits, to be used once. */
    public static String fresh(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
