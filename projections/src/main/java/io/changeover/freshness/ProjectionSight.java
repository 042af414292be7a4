package io.changeover.freshness;

import io.changeover.projection.Projections;
import io.changeover.projection.SegmentPositions;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at the projections of this database. */
final class ProjectionSight implements Sight {

    private final Versions versions;
    private final Projections projections;
    private final VersionStates states;
    private final OrderedStream stream;
    private final TransactionTemplate outside;

    ProjectionSight(
            Versions versions,
            Projections projections,
            VersionStates states,
            OrderedStream stream,
            TransactionTemplate transactions) {
        this.versions = versions;
        this.projections = projections;
        this.states = states;
        this.stream = stream;
        this.outside = outside(transactions);
    }

    /** What runs outside the caller's transaction, whose snapshot may be older than what is asked about. */
    static TransactionTemplate outside(TransactionTemplate transactions) {
        TransactionTemplate outside =
                new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()), transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        return outside;
    }

    /**
     * Positions are read before everything else: whoever takes a version away or parks an event has done so by the time a
     * position passes it, so that what is read later shows it.
     */
    @Override
    public Look look(VersionId version) {
        SegmentPositions positions = projections.positions(version);
        Optional<VersionState> state = states.find(version);
        return new Look(
                state.map(VersionState::stage).orElse(null),
                projections
                        .failure(version)
                        .or(() -> state.map(VersionState::failure))
                        .orElse(null),
                positions.low(),
                positions.high(),
                projections.anyParked(version, 0, Long.MAX_VALUE));
    }

    @Override
    public boolean parked(VersionId version, long first, long last) {
        return Boolean.TRUE.equals(outside.execute(status -> projections.anyParked(version, first, last)));
    }

    @Override
    public long head() {
        return stream.head();
    }

    @Override
    public boolean foreign(VersionId version) {
        return versions.get(version) instanceof ForeignVersion;
    }
}
