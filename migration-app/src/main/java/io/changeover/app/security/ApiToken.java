package io.changeover.app.security;

import io.changeover.app.secret.SecretFile;
import io.changeover.app.start.StartRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/** The token that lets an operator in. Keeps only its hash, so that nothing can print it by accident. */
final class ApiToken {

    private static final Pattern STRONG = Pattern.compile("[A-Za-z0-9_-]{32,200}");

    private final byte[] hash;

    private ApiToken(String token) {
        this.hash = hash(token);
    }

    /**
     * The configured token, or else the one in the token file, which is made when missing.
     *
     * @throws StartRefusedException when the configured token is weak or the file is not as it must be
     */
    static ApiToken of(ApiProperties properties, SecureRandom random) {
        String configured = properties.token();
        if (configured == null || configured.isEmpty()) {
            return new ApiToken(new SecretFile(properties.tokenFile(), random).readOrCreate());
        }
        if (!STRONG.matcher(configured).matches()) {
            throw new StartRefusedException(
                    "Property changeover.api.token has %d characters but must have 32 to 200 letters, digits, '-' or '_'."
                            .formatted(configured.length()),
                    "Set a long random one, such as the output of 'openssl rand -hex 32', or leave the property out.");
        }
        return new ApiToken(configured);
    }

    /** Whether the text is the token; takes the same time for every wrong one. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(hash, hash(candidate));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
