package io.changeover.effect;

import io.changeover.effect.ActingVersions.Acting;
import io.changeover.projection.ProjectionStore;
import io.changeover.view.VersionId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Fences and effects in PostgreSQL, by its clock, so that those of the nodes need not agree. */
final class EffectStore {

    /**
     * How far a view has been looked through.
     *
     * @param position position up to which each event has been given to a version
     * @param acting version that acts on what follows
     */
    record Fence(long position, Acting acting, Instant movedAt) {}

    /** An effect that an event causes. */
    record Assigned(long position, String name, int version, int ordinal, String eventId, String aggregateId) {}

    /** Which effect of which event. */
    record Place(String view, long position, String name) {}

    /**
     * An effect that was taken to be carried out.
     *
     * @param compensating whether it is to be made up for
     * @param attempt number of this attempt, from 1
     */
    record Due(Place place, int version, String eventId, boolean compensating, int attempt) {

        VersionId id() {
            return new VersionId(place.view(), version);
        }
    }

    /** Effects of one version and name, and how many of them are not over. */
    record Open(VersionId version, String name, long count) {}

    private static final String PLACE = "view = ? and position = ? and name = ?";
    private static final String NOT_OVER = "('pending', 'failed', 'compensating', 'uncompensated')";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    EffectStore(ProjectionStore store) {
        this.jdbc = store.jdbc();
        this.transactions = store.transactions();
    }

    TransactionTemplate transactions() {
        return transactions;
    }

    Optional<Fence> fence(String view) {
        return jdbc
                .query(
                        "select position, acting_version, acting_since, moved_at from changeover.fence where view = ?",
                        (row, index) -> new Fence(
                                row.getLong("position"),
                                new Acting(row.getInt("acting_version"), row.getLong("acting_since")),
                                instant(row, "moved_at")),
                        view)
                .stream()
                .findFirst();
    }

    /** Does nothing where another node has been first. */
    void begin(String view, long position, Acting acting) {
        jdbc.update(
                "insert into changeover.fence (view, position, acting_version, acting_since) values (?, ?, ?, ?) on conflict do nothing",
                view,
                position,
                acting.version(),
                position);
    }

    /**
     * Moves the fence and writes down what the events that it passes cause, or does neither.
     *
     * @return whether the fence still was where it is to be moved from
     */
    boolean move(String view, long from, long to, Acting acting, List<Assigned> assigned) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            // The row of the fence first: whoever else has looked at the same events waits here, and then is too late.
            int moved = jdbc.update(
                    """
                    update changeover.fence
                    set position = ?, acting_version = ?, acting_since = ?, moved_at = clock_timestamp()
                    where view = ? and position = ?
                    """,
                    to,
                    acting.version(),
                    acting.since(),
                    view,
                    from);
            if (moved == 0) {
                return false;
            }
            jdbc.batchUpdate(
                    """
                    insert into changeover.effect (view, position, name, version, ordinal, event_id, aggregate_id)
                    values (?, ?, ?, ?, ?, ?, ?)
                    """,
                    assigned,
                    Math.max(1, assigned.size()),
                    (PreparedStatement statement, Assigned each) -> {
                        statement.setString(1, view);
                        statement.setLong(2, each.position());
                        statement.setString(3, each.name());
                        statement.setInt(4, each.version());
                        statement.setInt(5, each.ordinal());
                        statement.setString(6, each.eventId());
                        statement.setString(7, each.aggregateId());
                    });
            return true;
        }));
    }

    /**
     * Takes effects that are due and that nothing before them holds up: no earlier event of the aggregate, and no earlier
     * effect of the event, or in making up no later one.
     *
     * @param known effects that can be carried out here, each written as {@link #written}
     * @param by who takes them; unique for each process that has ever been
     */
    List<Due> claim(Collection<String> known, int limit, String by, Duration lease) {
        return jdbc.query(
                """
                with due as (
                    select e.view, e.position, e.name from changeover.effect e
                    where e.state in ('pending', 'compensating') and e.due_at <= clock_timestamp()
                        and (e.claimed_until is null or e.claimed_until < clock_timestamp())
                        and e.view || '@' || e.version || '/' || e.name = any (?)
                        and not exists (
                            select from changeover.effect b
                            where b.view = e.view and b.aggregate_id = e.aggregate_id
                                and b.state in ('pending', 'failed', 'compensating', 'uncompensated')
                                and (b.position < e.position or b.position = e.position and case e.state
                                    when 'pending' then b.ordinal < e.ordinal
                                    else b.ordinal > e.ordinal and b.state in ('compensating', 'uncompensated') end))
                    order by e.position, e.ordinal
                    limit ?
                    for update of e skip locked)
                update changeover.effect e
                set claimed_by = ?, claimed_until = clock_timestamp() + ? * interval '1 millisecond',
                    attempts = attempts + 1, changed_at = clock_timestamp()
                from due where e.view = due.view and e.position = due.position and e.name = due.name
                returning e.view, e.position, e.name, e.version, e.event_id, e.state, e.attempts
                """,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("text", known.toArray()));
                    statement.setInt(2, limit);
                    statement.setString(3, by);
                    statement.setLong(4, lease.toMillis());
                },
                (row, index) -> new Due(
                        new Place(row.getString("view"), row.getLong("position"), row.getString("name")),
                        row.getInt("version"),
                        row.getString("event_id"),
                        EffectState.of(row.getString("state")) == EffectState.COMPENSATING,
                        row.getInt("attempts")));
    }

    /** How {@link #claim} names the effects of a version. */
    static String written(VersionId version, String name) {
        return version + "/" + name;
    }

    /** Keeps what is being carried out from being taken over. */
    void renew(Collection<Place> places, String by, Duration lease) {
        List<Object[]> rows = new ArrayList<>();
        places.forEach(
                place -> rows.add(new Object[] {lease.toMillis(), place.view(), place.position(), place.name(), by}));
        jdbc.batchUpdate(
                "update changeover.effect set claimed_until = clock_timestamp() + ? * interval '1 millisecond' where %s and claimed_by = ?"
                        .formatted(PLACE),
                rows);
    }

    /**
     * Marks what was carried out.
     *
     * @return whether nobody had taken it over meanwhile
     */
    boolean done(Due due, String by) {
        return end(due, by, due.compensating() ? EffectState.COMPENSATED : EffectState.DONE, null) == 1;
    }

    /** Lets what has failed be tried again after the pause. */
    boolean postpone(Due due, String by, String failure, Duration pause) {
        return jdbc.update(
                        """
                        update changeover.effect
                        set claimed_by = null, claimed_until = null, failure = ?, changed_at = clock_timestamp(),
                            due_at = clock_timestamp() + ? * interval '1 millisecond'
                        where %s and claimed_by = ?
                        """
                                .formatted(PLACE),
                        failure,
                        pause.toMillis(),
                        due.place().view(),
                        due.place().position(),
                        due.place().name(),
                        by)
                == 1;
    }

    /**
     * Gives up on what has failed, and in the same transaction begins to make up for what the event has done before.
     *
     * @param compensated names of effects of the event that can be made up for
     * @return those of them that are made up for from now on; empty when somebody had taken it over meanwhile
     */
    Optional<List<String>> give(Due due, String by, String failure, Collection<String> compensated) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            EffectState state = due.compensating() ? EffectState.UNCOMPENSATED : EffectState.FAILED;
            if (end(due, by, state, failure) == 0) {
                return Optional.<List<String>>empty();
            }
            if (due.compensating()) {
                return Optional.of(List.<String>of());
            }
            return Optional.of(jdbc.query(
                    """
                    update changeover.effect
                    set state = 'compensating', attempts = 0, due_at = clock_timestamp(), changed_at = clock_timestamp()
                    where view = ? and position = ? and state = 'done' and name = any (?)
                    returning name
                    """,
                    statement -> {
                        statement.setString(1, due.place().view());
                        statement.setLong(2, due.place().position());
                        statement.setArray(3, statement.getConnection().createArrayOf("text", compensated.toArray()));
                    },
                    (row, index) -> row.getString(1)));
        }));
    }

    private int end(Due due, String by, EffectState state, @Nullable String failure) {
        return jdbc.update(
                """
                update changeover.effect
                set state = ?, claimed_by = null, claimed_until = null, failure = ?, changed_at = clock_timestamp()
                where %s and claimed_by = ?
                """
                        .formatted(PLACE),
                state.text(),
                failure,
                due.place().view(),
                due.place().position(),
                due.place().name(),
                by);
    }

    /** Locks all effects of the event until the transaction ends, so that a person and a node do not meet in one. */
    List<KeptEffect> lock(String view, long position) {
        return jdbc.query(
                select() + " where view = ? and position = ? order by ordinal for update",
                (row, index) -> kept(row),
                view,
                position);
    }

    /** Writes down what a person has decided. */
    void decide(Place place, EffectState state, String actor, String reason) {
        jdbc.update(
                """
                update changeover.effect
                set state = ?, attempts = case when ? then attempts else 0 end, due_at = clock_timestamp(),
                    claimed_by = null, claimed_until = null, decided_by = ?, reason = ?, changed_at = clock_timestamp()
                where %s
                """
                        .formatted(PLACE),
                state.text(),
                state == EffectState.SKIPPED,
                actor,
                reason,
                place.view(),
                place.position(),
                place.name());
    }

    /** Effects that are not over first, oldest first; then those that are, newest first. */
    List<KeptEffect> effects(String view, int limit) {
        return jdbc.query(
                """
                %1$s where view = ?
                order by state not in %2$s, case when state in %2$s then position end, case when state in %2$s then ordinal end,
                    changed_at desc, position desc, ordinal desc
                limit ?
                """
                        .formatted(select(), NOT_OVER),
                (row, index) -> kept(row),
                view,
                limit);
    }

    ViewEffects.Counts counts(String view) {
        Map<EffectState, Long> counts = new TreeMap<>();
        jdbc.query(
                "select state, count(*) as number from changeover.effect where view = ? group by state",
                row -> {
                    counts.put(EffectState.of(row.getString("state")), row.getLong("number"));
                },
                view);
        return new ViewEffects.Counts(
                counts.getOrDefault(EffectState.PENDING, 0L) + counts.getOrDefault(EffectState.COMPENSATING, 0L),
                counts.getOrDefault(EffectState.FAILED, 0L) + counts.getOrDefault(EffectState.UNCOMPENSATED, 0L),
                counts.getOrDefault(EffectState.DONE, 0L),
                counts.getOrDefault(EffectState.SKIPPED, 0L),
                counts.getOrDefault(EffectState.COMPENSATED, 0L));
    }

    /** What is to be carried out, by version and name. */
    List<Open> open() {
        return jdbc.query(
                """
                select view, version, name, count(*) as number from changeover.effect
                where state in ('pending', 'compensating') group by view, version, name order by view, version, name
                """,
                (row, index) -> new Open(
                        new VersionId(row.getString("view"), row.getInt("version")),
                        row.getString("name"),
                        row.getLong("number")));
    }

    /** Forgets effects that have been over for longer than that. The fence has passed them, so they cannot come again. */
    int forget(Duration keep) {
        return jdbc.update(
                """
                delete from changeover.effect where state in ('done', 'skipped', 'compensated')
                    and changed_at < clock_timestamp() - ? * interval '1 millisecond'
                    and not exists (
                        select from changeover.effect b
                        where b.view = effect.view and b.position = effect.position and b.state in %s)
                """
                        .formatted(NOT_OVER),
                keep.toMillis());
    }

    private static String select() {
        return """
                select position, name, view, version, event_id, aggregate_id, state, attempts, due_at, failure,
                    case when claimed_until >= clock_timestamp() then claimed_by end as worked_on_by, changed_at,
                    decided_by, reason, ordinal
                from changeover.effect""";
    }

    private static KeptEffect kept(ResultSet row) throws SQLException {
        String view = row.getString("view");
        String name = row.getString("name");
        String eventId = row.getString("event_id");
        String by = row.getString("worked_on_by");
        return new KeptEffect(
                row.getLong("position"),
                name,
                new VersionId(view, row.getInt("version")).toString(),
                eventId,
                row.getString("aggregate_id"),
                EffectCall.key(view, name, eventId, 1, false),
                row.getString("state"),
                row.getInt("attempts"),
                instant(row, "due_at"),
                row.getString("failure"),
                by == null ? null : Claimant.node(by),
                instant(row, "changed_at"),
                row.getString("decided_by"),
                row.getString("reason"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
