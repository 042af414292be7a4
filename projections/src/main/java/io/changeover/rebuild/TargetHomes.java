package io.changeover.rebuild;

import io.changeover.event.StoredEvent;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.HomeText;
import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.RowTable;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.UnreadableEventException;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Finds the homes that a target means. Looks, and changes nothing. */
final class TargetHomes {

    private final Projections projections;
    private final ProjectionStore store;
    private final ParityCheck parity;
    private final EventReader reader;
    private final HistoryPages history;
    private final AggregateHistory aggregates;
    private final int maxHomes;

    TargetHomes(
            Projections projections,
            ProjectionStore store,
            ParityCheck parity,
            EventReader reader,
            HistoryPages history,
            AggregateHistory aggregates,
            int maxHomes) {
        this.projections = projections;
        this.store = store;
        this.parity = parity;
        this.reader = reader;
        this.history = history;
        this.aggregates = aggregates;
        this.maxHomes = maxHomes;
    }

    /** Homes as somebody wrote them. */
    Set<String> listed(FoldedVersion version, Collection<String> homes) {
        Column column = version.rows().keys().get(0);
        for (String home : homes) {
            if (HomeText.value(column, home).isEmpty()) {
                throw new RebuildRefusedException(
                        "invalid-home",
                        "Home '%s' must be a value of '%s', the first key of '%s', which is of type %s; correct it"
                                .formatted(
                                        home,
                                        column.component(),
                                        version.id(),
                                        column.type().sql()));
            }
        }
        return bounded(version, homes);
    }

    /** Homes of the stored rows that fulfil all conditions. */
    Set<String> where(FoldedVersion version, List<String> conditions) {
        List<RowFilter> filters = conditions.stream()
                .map(condition -> RowFilter.parse(condition, version.rows()))
                .toList();
        return bounded(
                version,
                rows(
                        version,
                        filters.stream().map(RowFilter::sql).collect(Collectors.joining(" and ", " where ", "")),
                        filters.stream().map(RowFilter::value).toArray()));
    }

    /** Homes that have rows. */
    long count(FoldedVersion version) {
        Long homes = store.jdbc()
                .queryForObject(
                        "select count(distinct \"%s\") from %s"
                                .formatted(
                                        version.rows().keys().get(0).name(),
                                        new RowTable(version, store.json()).name()),
                        Long.class);
        return homes == null ? 0 : homes;
    }

    private List<String> rows(FoldedVersion version, String where, Object... values) {
        String sql = "select distinct \"%s\"::text from %s%s limit %d"
                .formatted(
                        version.rows().keys().get(0).name(),
                        new RowTable(version, store.json()).name(),
                        where,
                        maxHomes + 1L);
        return store.jdbc().queryForList(sql, String.class, values);
    }

    /** Homes of the rows in which a comparison finds a difference. */
    Set<String> differing(FoldedVersion version, RebuildTarget.DifferingFrom from) {
        Set<String> homes = new TreeSet<>();
        try {
            parity.run(version.id(), from.other(), row -> add(version, homes, Set.of(row.home())));
        } catch (IllegalArgumentException e) {
            throw new RebuildRefusedException("not-comparable", String.valueOf(e.getMessage()));
        }
        return homes;
    }

    /** Homes that the events of the aggregate touch. */
    Set<String> of(FoldedVersion version, RebuildTarget.Aggregate aggregate) {
        List<StoredEvent> events = aggregates.before(aggregate.type(), aggregate.id(), Long.MAX_VALUE);
        if (events.isEmpty()) {
            throw new RebuildRefusedException(
                    "unknown-aggregate",
                    "There is no event of aggregate '%s' of type '%s'; write type and identifier as they are stored"
                            .formatted(aggregate.id(), aggregate.type()));
        }
        Set<String> homes = new TreeSet<>();
        HomesOfEvent homesOf = projections.homesOf(version.id());
        events.forEach(event -> add(version, homes, homesOf.of(event)));
        return homes;
    }

    /** Homes that events touch which may become one of those named. */
    Set<String> touched(FoldedVersion version, long from, long to, Set<String> eventNames) {
        Set<String> homes = new TreeSet<>();
        HomesOfEvent homesOf = projections.homesOf(version.id());
        read(version, from, to, eventNames, event -> add(version, homes, homesOf.of(event)));
        return homes;
    }

    /**
     * Homes that events of these names touch, and those that they touched before, if then as now the given fields of the
     * stored payloads were their homes: a step may lead an event elsewhere today.
     *
     * @param fields fields that are homes, by the stored revision as {@link HomeReading} writes it
     */
    Set<String> touchedNowOrBefore(FoldedVersion version, Set<String> eventNames, Map<String, Set<String>> fields) {
        Set<String> homes = new TreeSet<>();
        HomesOfEvent homesOf = projections.homesOf(version.id());
        Column column = version.rows().keys().get(0);
        read(version, 1, Long.MAX_VALUE, eventNames, event -> {
            add(version, homes, homesOf.of(event));
            Set<String> ofRevision = fields.getOrDefault(HomeReading.written(event.name(), event.revision()), Set.of());
            for (String field : ofRevision) {
                value(event, field)
                        .flatMap(text -> HomeText.normalised(column, text))
                        .ifPresent(home -> add(version, homes, Set.of(home)));
            }
        });
        return homes;
    }

    private Optional<String> value(StoredEvent event, String field) {
        try {
            JsonNode value = reader.asStored(event).payload().get(field);
            return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asString());
        } catch (UnreadableEventException e) {
            return Optional.empty(); // it could not be read before either
        }
    }

    private void read(FoldedVersion version, long from, long to, Set<String> eventNames, Consumer<StoredEvent> each) {
        long end = Math.min(to, projections.positions(version.id()).high());
        if (end >= from) {
            history.read(from - 1, end, reader.storedNamesOf(eventNames), page -> page.forEach(each));
        }
    }

    /** Every home that has a row, a dead letter or an event. */
    Set<String> all(FoldedVersion version) {
        Set<String> homes = touched(version, 1, Long.MAX_VALUE, version.eventNames());
        add(version, homes, rows(version, ""));
        add(
                version,
                homes,
                store.jdbc()
                        .queryForList(
                                "select distinct home from changeover.dead_letter where view = ? and version = ?",
                                String.class,
                                version.id().view(),
                                version.id().version()));
        return homes;
    }

    private Set<String> bounded(FoldedVersion version, Collection<String> found) {
        Set<String> homes = new TreeSet<>();
        add(version, homes, new ArrayList<>(found));
        return homes;
    }

    private void add(FoldedVersion version, Set<String> homes, Collection<String> more) {
        homes.addAll(more);
        if (homes.size() > maxHomes) {
            throw new RebuildRefusedException(
                    "too-many-homes",
                    "More than %d homes of '%s' would be rebuilt, and each is kept in memory by name; name fewer, or give the view a new version and build that"
                            .formatted(maxHomes, version.id()));
        }
    }
}
