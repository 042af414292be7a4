package io.changeover.app.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.app.start.StartRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretFileTest {

    @TempDir
    Path folder;

    @Test
    void makes_256_random_bits_once_and_for_the_owner_alone() throws Exception {
        Path file = folder.resolve("data/api-token");
        String secret = new SecretFile(file, new SecureRandom()).readOrCreate();

        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(new SecretFile(file, new SecureRandom()).readOrCreate()).isEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new SecretFile(folder.resolve("other"), new SecureRandom()).readOrCreate())
                .isNotEqualTo(secret);
    }

    @Test
    void begins_anew_after_a_kill_while_it_was_made() throws Exception {
        Files.writeString(folder.resolve("api-token.new"), "half");
        assertThat(new SecretFile(folder.resolve("api-token"), new SecureRandom()).readOrCreate())
                .hasSize(43);
    }

    @Test
    void refuses_a_file_that_others_can_read() throws Exception {
        Path file = folder.resolve("api-token");
        Files.writeString(file, "x".repeat(43));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new SecretFile(file, new SecureRandom()).readOrCreate())
                .isInstanceOf(StartRefusedException.class)
                .hasMessage(
                        "Secret file '" + file
                                + "' must be readable by its owner alone but is open to others."
                                + " Run 'chmod 600' on it; if others may have read it, delete what it protects and start anew.");
    }

    @Test
    void refuses_a_file_without_a_secret() throws Exception {
        Path file = folder.resolve("api-token");
        OwnerOnly.createFile(file);
        assertThatThrownBy(() -> new SecretFile(file, new SecureRandom()).readOrCreate())
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("Secret file '" + file
                        + "' must hold 32 to 200 letters, digits, '-' or '_' but does not."
                        + " Put the secret back as it was; a token file may also be deleted, which makes a new token.");
    }
}
