package io.changeover.projection;

import io.changeover.view.VersionId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** Where versions stand, in PostgreSQL. Works in the surrounding transaction. */
public final class VersionStates {

    private final JdbcOperations jdbc;
    private final Clock clock;

    /** States in the database of the operations. */
    public VersionStates(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The state of a version that was begun; empty for one that was not. */
    public Optional<VersionState> find(VersionId version) {
        return jdbc
                .query(
                        "select state, horizon, reached, failure from changeover.view_version where view = ? and version = ?",
                        (result, index) -> new VersionState(
                                VersionState.Stage.valueOf(result.getString(1)),
                                result.getLong(2),
                                result.getLong(3),
                                result.getString(4)),
                        version.view(),
                        version.version())
                .stream()
                .findFirst();
    }

    /** The states of all versions that were begun, by one statement. */
    public Map<VersionId, VersionState> all() {
        Map<VersionId, VersionState> all = new HashMap<>();
        jdbc.query("select view, version, state, horizon, reached, failure from changeover.view_version", result -> {
            all.put(
                    new VersionId(result.getString(1), result.getInt(2)),
                    new VersionState(
                            VersionState.Stage.valueOf(result.getString(3)),
                            result.getLong(4),
                            result.getLong(5),
                            result.getString(6)));
        });
        return all;
    }

    /** Remembers how far the version's backfill has come in memory, committed or not. */
    public void reached(VersionId version, long position) {
        jdbc.update(
                "update changeover.view_version set reached = greatest(reached, ?) where view = ? and version = ?",
                position,
                version.view(),
                version.version());
    }

    /** Nothing waits any more: a version that was incomplete is live. */
    public void completed(VersionId version) {
        jdbc.update(
                "update changeover.view_version set state = 'LIVE', updated_at = ? where view = ? and version = ? and state = 'INCOMPLETE'",
                clock.instant().atOffset(ZoneOffset.UTC),
                version.view(),
                version.version());
    }

    /**
     * Puts the version in the stage, unless somebody has stopped it or given it up since it was looked at, or it is to be
     * built and was built meanwhile.
     *
     * @param seen where the version stood when it was looked at, or null when it was not begun
     * @return false when it was stopped or built, and nothing is changed
     */
    public boolean advance(
            VersionId version, VersionState.Stage stage, long horizon, VersionState.@Nullable Stage seen) {
        return jdbc.update(
                        """
                        insert into changeover.view_version (view, version, state, horizon, updated_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (view, version) do update
                        set state = excluded.state, horizon = excluded.horizon, failure = null,
                            updated_at = excluded.updated_at
                        where view_version.state = ?
                            or view_version.state not in ('PAUSED', 'CANCELLED', 'PURGED')
                                and not (excluded.state = 'BACKFILLING' and view_version.state in ('LIVE', 'INCOMPLETE'))
                        """,
                        version.view(),
                        version.version(),
                        stage.name(),
                        horizon,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        seen == null ? null : seen.name())
                == 1;
    }

    /**
     * Stops the version that others build, who hear that by its stage; one that is built is not changed.
     *
     * @param stage paused or cancelled
     * @return false when it is built, or was never begun
     */
    public boolean stop(VersionId version, VersionState.Stage stage) {
        return jdbc.update(
                        """
                        update changeover.view_version
                        set state = ?, updated_at = ?,
                            failure = case when ? then null else failure end,
                            reached = case when ? then 0 else reached end
                        where view = ? and version = ? and state not in ('LIVE', 'INCOMPLETE')
                        """,
                        stage.name(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        stage == VersionState.Stage.CANCELLED,
                        stage == VersionState.Stage.CANCELLED,
                        version.view(),
                        version.version())
                == 1;
    }

    /** Whether the version is in the stage, in which it then stays until the surrounding transaction ends. */
    public boolean hold(VersionId version, VersionState.Stage stage) {
        return !jdbc.queryForList(
                        "select 1 from changeover.view_version where view = ? and version = ? and state = ? for update",
                        version.view(),
                        version.version(),
                        stage.name())
                .isEmpty();
    }

    /** Puts the version in the stage. */
    public void put(VersionId version, VersionState.Stage stage, long horizon, @Nullable String failure) {
        jdbc.update(
                """
                insert into changeover.view_version (view, version, state, horizon, failure, updated_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (view, version) do update
                set state = excluded.state, horizon = excluded.horizon, failure = excluded.failure,
                    updated_at = excluded.updated_at
                """,
                version.view(),
                version.version(),
                stage.name(),
                horizon,
                failure,
                clock.instant().atOffset(ZoneOffset.UTC));
    }
}
