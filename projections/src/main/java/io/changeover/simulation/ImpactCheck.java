package io.changeover.simulation;

import io.changeover.projection.ProjectionStore;
import io.changeover.projection.RowTable;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.FoldChanges;
import io.changeover.rebuild.RebuildImpact;
import io.changeover.rebuild.Rebuilds;
import io.changeover.simulation.Impact.Kind;
import io.changeover.simulation.Impact.Way;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Classifies a change of folds by what is proven about it. */
final class ImpactCheck {

    private final VersionStates states;
    private final ProjectionStore store;
    private final Rebuilds rebuilds;
    private final Estimates estimates;

    ImpactCheck(VersionStates states, ProjectionStore store, Rebuilds rebuilds, Estimates estimates) {
        this.states = states;
        this.store = store;
        this.rebuilds = rebuilds;
        this.estimates = estimates;
    }

    Impact of(FoldedVersion version, long events) {
        Stage stage = states.find(version.id()).map(VersionState::stage).orElse(null);
        if (stage == null || !stage.isBuilt()) {
            return new Impact(
                    version.id().toString(),
                    Kind.NOT_BUILT,
                    List.of("it has not been built to its end"),
                    List.of(),
                    0,
                    0,
                    List.of(new Way("changeover backfill " + version.id().view(), 0, seconds(version, events, 1))));
        }
        RebuildImpact impact = rebuilds.impact(version);
        FoldChanges changes = impact.changes();
        long all = impact.allHomes();
        Kind kind =
                switch (changes.scope()) {
                    case NOTHING -> Kind.NOTHING;
                    case UNKNOWN -> Kind.UNKNOWN;
                    case COLUMNS -> Kind.DEFAULT_VALUE;
                    case SOME_EVENTS -> Kind.SOME_KEYS;
                    case EVERYTHING, UNPROVEN -> Kind.FULL_REBUILD;
                };
        Way whole = new Way("changeover rebuild %s --all".formatted(version.id()), all, seconds(version, events, 1));
        List<Way> ways =
                switch (kind) {
                    case NOTHING -> List.of();
                    case DEFAULT_VALUE -> List.of(new Way(columns(version), 0, 0.0), whole);
                    case SOME_KEYS ->
                        List.of(
                                new Way(
                                        "changeover rebuild %s --changed".formatted(version.id()),
                                        impact.homes(),
                                        seconds(
                                                version,
                                                events,
                                                all == 0 ? 0 : Math.min(1, (double) impact.homes() / all))),
                                whole);
                    default -> List.of(whole);
                };
        List<String> reasons = kind == Kind.UNKNOWN
                ? List.of("nobody has recorded by which folds its rows were made")
                : changes.scope() == FoldChanges.Scope.SOME_EVENTS
                        ? List.of(String.valueOf(changes.stale()))
                        : changes.reasons();
        return new Impact(
                version.id().toString(), kind, reasons, List.copyOf(changes.events()), impact.homes(), all, ways);
    }

    private @Nullable Double seconds(FoldedVersion version, long events, double share) {
        var each = estimates.secondsForEach(version.id());
        return each.isPresent() ? each.getAsDouble() * events * share : null;
    }

    /** What makes the table have the columns that the release expects, or says why only another version can. */
    private String columns(FoldedVersion version) {
        RowTable table = new RowTable(version, store.json());
        Set<String> there = new TreeSet<>(store.jdbc()
                .queryForList(
                        "select attname from pg_attribute where attrelid = to_regclass(?) and attnum > 0 and not attisdropped",
                        String.class,
                        table.name()));
        List<Column> missing = version.rows().columns().stream()
                .filter(column -> !there.contains(column.name()))
                .toList();
        if (missing.isEmpty()) {
            return "changeover rebuild %s --changed".formatted(version.id());
        }
        return "psql: alter table %s %s;"
                .formatted(
                        table.name(),
                        missing.stream()
                                .map(column -> "add column \"%s\" %s%s"
                                        .formatted(
                                                column.name(),
                                                column.type().sql(),
                                                column.nullable() ? "" : " not null default <value>"))
                                .collect(Collectors.joining(", ")));
    }
}
