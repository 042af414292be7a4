package io.changeover.app.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The local people who may sign in with a password. Names are unique and case matters. Every change is in the trail. */
public interface People {

    /**
     * Somebody who may sign in.
     *
     * @param name name, 1 to 100 characters
     * @param passwordHash hash of the password with the name of its algorithm before it
     * @param roles written forms of the roles
     * @param mustChange whether the password is good for nothing but choosing another
     * @param disabled whether it may not sign in for now
     */
    record Person(String name, String passwordHash, Set<String> roles, boolean mustChange, boolean disabled) {

        public Person {
            roles = Set.copyOf(roles);
        }

        /** The same with other roles. */
        public Person in(Set<String> others) {
            return new Person(name, passwordHash, others, mustChange, disabled);
        }

        /** The same, let in or not. */
        public Person disabled(boolean now) {
            return new Person(name, passwordHash, roles, mustChange, now);
        }

        boolean isAdministrator() {
            return !disabled && roles.contains(Role.ADMIN.word());
        }

        @Override
        public String toString() {
            return "Person[name=%s, roles=%s]".formatted(name, roles);
        }
    }

    /** What became of a change. */
    enum Change {
        /** It is done. */
        DONE,
        /** Nobody has that name. */
        UNKNOWN,
        /** Nobody could say any more who may what, so it was not done. */
        LAST_ADMIN
    }

    /** All of them by name. */
    List<Person> all();

    /** The one of the name. */
    Optional<Person> byName(String name);

    /**
     * Adds somebody.
     *
     * @param actor who does
     * @return false when somebody of that name is there, who stays as before
     */
    boolean add(Person person, String actor);

    /** Replaces the password's hash, after which it need not be changed any more unless the person says so. */
    void changePassword(String name, String passwordHash, boolean mustChange, String actor);

    /** Gives a person these roles in place of all others; two such changes at once leave an administrator too. */
    Change changeRoles(String name, Set<String> roles, String actor);

    /** Lets a person in or not; two such changes at once leave an administrator too. */
    Change changeDisabled(String name, boolean disabled, String actor);

    /** What a change to the person would meet, among these people. */
    static Change check(List<Person> people, Person changed) {
        if (people.stream().noneMatch(person -> person.name().equals(changed.name()))) {
            return Change.UNKNOWN;
        }
        boolean before = people.stream().anyMatch(Person::isAdministrator);
        boolean after = people.stream()
                .map(person -> person.name().equals(changed.name()) ? changed : person)
                .anyMatch(Person::isAdministrator);
        return before && !after ? Change.LAST_ADMIN : Change.DONE;
    }
}
