package io.changeover.app.access;

import io.changeover.app.security.AccessTrail;
import io.changeover.app.security.People;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** People in the table {@code changeover.person}. */
final class StoredPeople implements People {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final AccessTrail trail;
    private final Clock clock;

    StoredPeople(DataSource dataSource, AccessTrail trail, Clock clock) {
        this.database = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public List<Person> all() {
        return database.sql("select * from changeover.person order by name")
                .query((row, number) -> person(row))
                .list();
    }

    @Override
    public Optional<Person> byName(String name) {
        return database.sql("select * from changeover.person where name = ?")
                .param(name)
                .query((row, number) -> person(row))
                .optional();
    }

    @Override
    public boolean add(Person person, String actor) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean added = insert(person, actor);
            if (added) {
                trail.add(actor, "person added", person.name(), "with roles " + words(person.roles()));
            }
            return added;
        }));
    }

    private boolean insert(Person person, String actor) {
        return database.sql(
                                """
                                insert into changeover.person
                                    (name, password, roles, must_change, disabled, created_at, created_by)
                                values (?, ?, string_to_array(?, ','), ?, ?, ?, ?) on conflict do nothing
                                """)
                        .params(
                                person.name(),
                                person.passwordHash(),
                                words(person.roles()),
                                person.mustChange(),
                                person.disabled(),
                                OffsetDateTime.now(clock),
                                actor)
                        .update()
                == 1;
    }

    @Override
    public void changePassword(String name, String passwordHash, boolean mustChange, String actor) {
        transaction.executeWithoutResult(status -> {
            int changed = database.sql("update changeover.person set password = ?, must_change = ? where name = ?")
                    .params(passwordHash, mustChange, name)
                    .update();
            if (changed == 1) {
                trail.add(actor, "password changed", name, mustChange ? "to be changed at the next sign-in" : "");
            }
        });
    }

    @Override
    public Change changeRoles(String name, Set<String> roles, String actor) {
        return change(
                name,
                person -> person.in(roles),
                () -> database.sql("update changeover.person set roles = string_to_array(?, ',') where name = ?")
                        .params(words(roles), name)
                        .update(),
                before -> trail.add(
                        actor, "roles changed", name, "from %s to %s".formatted(words(before.roles()), words(roles))));
    }

    @Override
    public Change changeDisabled(String name, boolean disabled, String actor) {
        return change(
                name,
                person -> person.disabled(disabled),
                () -> database.sql("update changeover.person set disabled = ? where name = ?")
                        .params(disabled, name)
                        .update(),
                before -> trail.add(actor, disabled ? "person disabled" : "person enabled", name, ""));
    }

    private Change change(String name, UnaryOperator<Person> to, Runnable write, Consumer<Person> entry) {
        return Objects.requireNonNull(transaction.execute(status -> {
            // One after the other: two administrators who take the role from each other at once would leave none.
            database.sql("lock table changeover.person in share row exclusive mode")
                    .update();
            Person before = byName(name).orElse(null);
            if (before == null) {
                return Change.UNKNOWN;
            }
            Person after = to.apply(before);
            Change change = People.check(all(), after);
            if (change == Change.DONE && !after.equals(before)) {
                write.run();
                entry.accept(before);
            }
            return change;
        }));
    }

    private static String words(Set<String> words) {
        return String.join(",", new TreeSet<>(words));
    }

    private static Person person(ResultSet row) throws SQLException {
        Array roles = row.getArray("roles");
        return new Person(
                row.getString("name"),
                row.getString("password"),
                Set.of((String[]) roles.getArray()),
                row.getBoolean("must_change"),
                row.getBoolean("disabled"));
    }
}
