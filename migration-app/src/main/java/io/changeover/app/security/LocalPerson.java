package io.changeover.app.security;

import io.changeover.app.security.People.Person;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.User;

/** A local person as a session remembers one. */
final class LocalPerson extends User {

    private static final long serialVersionUID = 1L;

    private final String stamp;

    LocalPerson(Person person) {
        super(
                person.name(),
                person.passwordHash(),
                !person.disabled(),
                true,
                true,
                true,
                Role.authorities(person.roles()));
        this.stamp = stamp(person);
    }

    /** Whether the person has the password still by which this session began. */
    boolean hasPasswordOf(Person person) {
        return stamp.equals(stamp(person));
    }

    private static String stamp(Person person) {
        return UUID.nameUUIDFromBytes(person.passwordHash().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
