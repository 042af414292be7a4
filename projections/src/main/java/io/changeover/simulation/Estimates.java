package io.changeover.simulation;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.BackfillProgress.State;
import io.changeover.backfill.Backfills;
import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverEvent.BackfillCompleted;
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.RowTable;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * What was estimated, and what became of it. The figures of a backfill are added when somebody asks the next time, from
 * what is stored anyway, so that no backfill has to know of estimates.
 */
final class Estimates {

    private static final int LOOKED_AT = 10;

    /** Shorter than this is not told from nothing. */
    private static final double LEAST_SECONDS = 0.001;

    private record Open(UUID id, VersionId version, Instant madeAt) {}

    private final ProjectionStore store;
    private final Versions versions;
    private final VersionStates states;
    private final Projections projections;
    private final Backfills backfills;
    private final EventStore events;

    Estimates(
            ProjectionStore store,
            Versions versions,
            VersionStates states,
            Projections projections,
            Backfills backfills,
            EventStore events) {
        this.store = store;
        this.versions = versions;
        this.states = states;
        this.projections = projections;
        this.backfills = backfills;
        this.events = events;
    }

    /** Keeps an estimate of a version that was not begun; for another there will be no whole backfill to compare with. */
    void keep(VersionId version, Simulation simulation, double measuredSeconds) {
        if (simulation.events() == 0 || states.find(version).isPresent()) {
            return;
        }
        store.jdbc()
                .update(
                        """
                        insert into changeover.estimate (id, view, version, made_at, events, measured_seconds,
                            estimated_seconds, estimated_rows, estimated_bytes)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        UUID.randomUUID(),
                        version.view(),
                        version.version(),
                        store.clock().instant().atOffset(ZoneOffset.UTC),
                        simulation.events(),
                        Math.max(LEAST_SECONDS, measuredSeconds),
                        Math.max(LEAST_SECONDS, simulation.seconds().expected()),
                        Math.round(simulation.rows().expected()),
                        Math.round(simulation.tableBytes().expected()
                                + simulation.indexBytes().expected()));
    }

    /** How far off the last estimates were whose backfill has ended, of whatever version. */
    PastErrors past() {
        settle();
        return PastErrors.of(store.jdbc()
                .query(
                        """
                        select measured_seconds, estimated_seconds, actual_seconds from changeover.estimate
                        where actual_seconds is not null order by made_at desc limit %d"""
                                .formatted(LOOKED_AT),
                        (result, index) ->
                                new PastErrors.Kept(result.getDouble(1), result.getDouble(2), result.getDouble(3))));
    }

    /** Seconds for each event of the version, as its backfill took or else as was estimated last; empty for neither. */
    OptionalDouble secondsForEach(VersionId version) {
        settle();
        return store
                .jdbc()
                .query(
                        """
                        select coalesce(actual_seconds, estimated_seconds) / events from changeover.estimate
                        where view = ? and version = ? order by made_at desc limit 1""",
                        (result, index) -> result.getDouble(1),
                        version.view(),
                        version.version())
                .stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    /** Adds the figures of backfills that have ended; only the last estimate before a backfill counts. */
    private void settle() {
        List<Open> open = store.jdbc()
                .query(
                        """
                        select distinct on (view, version) id, view, version, made_at from changeover.estimate
                        where actual_seconds is null order by view, version, made_at desc""",
                        (result, index) -> new Open(
                                result.getObject(1, UUID.class),
                                new VersionId(result.getString(2), result.getInt(3)),
                                result.getObject(4, OffsetDateTime.class).toInstant()));
        open.forEach(this::settle);
    }

    private void settle(Open estimate) {
        FoldedVersion version = declared(estimate.version());
        Stage stage = states.find(estimate.version()).map(VersionState::stage).orElse(null);
        if (version == null || stage == null || !stage.isBuilt()) {
            return;
        }
        duration(estimate).ifPresent(duration -> store.jdbc()
                .update(
                        """
                                update changeover.estimate set actual_seconds = ?, actual_rows = ?,
                                    actual_bytes = coalesce(pg_total_relation_size(to_regclass(?)), 0), ended_at = ?
                                where id = ? and actual_seconds is null""",
                        Math.max(LEAST_SECONDS, duration.toNanos() / 1e9),
                        projections.rows(estimate.version()),
                        new RowTable(version, store.json()).name(),
                        store.clock().instant().atOffset(ZoneOffset.UTC),
                        estimate.id()));
    }

    private @Nullable FoldedVersion declared(VersionId id) {
        for (VersionDefinition each : versions.built()) {
            if (each.id().equals(id) && each instanceof FoldedVersion folded) {
                return folded;
            }
        }
        return null;
    }

    /** As this node knows it, which leaves out how long it was paused; else from the events of the changeover. */
    private Optional<Duration> duration(Open estimate) {
        BackfillProgress known = backfills.progress(estimate.version()).orElse(null);
        if (known != null && known.start() == 0 && (known.state() == State.DONE || known.state() == State.INCOMPLETE)) {
            return Optional.of(known.elapsed());
        }
        return fromEvents(estimate);
    }

    private Optional<Duration> fromEvents(Open estimate) {
        DomainEventStream history =
                events.readEvents(Changeover.idOf(estimate.version().view()));
        boolean concerned = false;
        Instant started = null;
        Duration found = null;
        while (history.hasNext()) {
            DomainEventMessage<?> event = history.next();
            Object payload = event.getPayload();
            if (payload instanceof Declared declared) {
                concerned = declared.to() == estimate.version().version();
                started = null;
            } else if (payload instanceof BackfillStarted && concerned) {
                started = event.getTimestamp();
            } else if (payload instanceof BackfillCompleted && started != null && started.isAfter(estimate.madeAt())) {
                found = Duration.between(started, event.getTimestamp());
            }
        }
        return Optional.ofNullable(found);
    }
}
