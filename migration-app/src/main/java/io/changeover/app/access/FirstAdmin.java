package io.changeover.app.access;

import io.changeover.app.security.Passwords;
import io.changeover.app.security.People;
import io.changeover.app.security.Role;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Lets somebody in where nobody can sign in yet: an administrator with a password made at random, which is told once and
 * is good for nothing but choosing another.
 */
final class FirstAdmin {

    static final String NAME = "admin";

    private final People people;
    private final PasswordEncoder encoder;
    private final SecureRandom random;

    FirstAdmin(People people, PasswordEncoder encoder, SecureRandom random) {
        this.people = people;
        this.encoder = encoder;
        this.random = random;
    }

    /**
     * Adds the administrator where there is nobody.
     *
     * @param told takes what the person at the terminal must read; it is told nobody else
     */
    void addIfAlone(Consumer<String> told) {
        if (!people.all().isEmpty()) {
            return;
        }
        String password = Passwords.fresh(random);
        People.Person admin = new People.Person(NAME, encoder.encode(password), Set.of(Role.ADMIN.word()), true, false);
        if (people.add(admin, "application")) {
            told.accept(
                    "Nobody can sign in to the console yet, so '%s' can, with the password %s, which is shown only now and must be changed then."
                            .formatted(NAME, password));
        }
    }
}
