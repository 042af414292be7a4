package io.changeover.app.secret;

import io.changeover.app.start.StartRefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** A random secret of 256 bits in a file of its own, made when it is first asked for. */
public final class SecretFile {

    private static final int BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{32,200}");

    private final Path file;
    private final SecureRandom random;

    /** @param file where the secret is kept; its folder is created when missing */
    public SecretFile(Path file, SecureRandom random) {
        this.file = file.toAbsolutePath().normalize();
        this.random = random;
    }

    /**
     * The secret, which is generated unless the file exists. A kill at any moment leaves the whole file or none.
     *
     * @throws StartRefusedException when the file is open to others, holds no secret, or cannot be written or read
     */
    public String readOrCreate() {
        try {
            if (!Files.exists(file)) {
                create();
            }
            return read();
        } catch (IOException e) {
            throw new StartRefusedException(
                    "Secret file '%s' must be readable and its folder writable, but that failed: %s."
                            .formatted(file, e),
                    "Give the user who runs the application both rights.",
                    e);
        }
    }

    /** Whether the file exists. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** Where the secret is kept. */
    public Path file() {
        return file;
    }

    private String read() throws IOException {
        if (!OwnerOnly.isOwnerOnly(file)) {
            throw new StartRefusedException(
                    "Secret file '%s' must be readable by its owner alone but is open to others.".formatted(file),
                    "Run 'chmod 600' on it; if others may have read it, delete what it protects and start anew.");
        }
        String secret = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!SECRET.matcher(secret).matches()) {
            throw new StartRefusedException(
                    "Secret file '%s' must hold 32 to 200 letters, digits, '-' or '_' but does not.".formatted(file),
                    "Put the secret back as it was; a token file may also be deleted, which makes a new token.");
        }
        return secret;
    }

    private void create() throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        OwnerOnly.createFile(draft);
        Files.writeString(
                draft,
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n",
                StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
