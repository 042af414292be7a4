package io.changeover.app.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** People of tests that have no database; found by whoever scans this package. */
@Component
public final class InMemoryPeople implements People {

    private final Map<String, Person> people = new TreeMap<>();

    @Override
    public synchronized List<Person> all() {
        return List.copyOf(people.values());
    }

    @Override
    public synchronized Optional<Person> byName(String name) {
        return Optional.ofNullable(people.get(name));
    }

    @Override
    public synchronized boolean add(Person person, String actor) {
        return people.putIfAbsent(person.name(), person) == null;
    }

    @Override
    public synchronized void changePassword(String name, String passwordHash, boolean mustChange, String actor) {
        people.computeIfPresent(
                name,
                (unchanged, person) -> new Person(name, passwordHash, person.roles(), mustChange, person.disabled()));
    }

    @Override
    public synchronized Change changeRoles(String name, Set<String> roles, String actor) {
        return change(name, person -> person.in(roles));
    }

    @Override
    public synchronized Change changeDisabled(String name, boolean disabled, String actor) {
        return change(name, person -> person.disabled(disabled));
    }

    private Change change(String name, UnaryOperator<Person> to) {
        Person before = people.get(name);
        Change change = before == null ? Change.UNKNOWN : People.check(all(), to.apply(before));
        if (change == Change.DONE) {
            people.put(name, to.apply(before));
        }
        return change;
    }

    /** Nobody is there afterwards. */
    public synchronized void clear() {
        people.clear();
    }
}
