package io.changeover.simulation;

import io.changeover.backfill.BackfillOptions;
import io.changeover.backfill.Backfills;
import io.changeover.event.StoredEvent;
import io.changeover.projection.FoldSample;
import io.changeover.projection.FoldSample.Folded;
import io.changeover.projection.FoldSample.Written;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.RebuildRefusedException;
import io.changeover.rebuild.Rebuilds;
import io.changeover.stream.HistoryOutline;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreInventory;
import io.changeover.throttle.Governor;
import io.changeover.throttle.ThrottleStatus;
import io.changeover.throttle.ThrottleStatus.Wish;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Says what a backfill would take, and leaves its version as it is. Safe for use by several threads. */
public final class Simulator {

    private static final double NANOS = 1e9;

    /** What one statement reads costs as much to begin as some thousand events, so this is read by few. */
    private static final SimulationOptions READING = new SimulationOptions(32_000, 4);

    /** One connection reads while another writes. */
    private static final int CONNECTIONS = 2;

    private final Versions versions;
    private final Projections projections;
    private final OrderedStream stream;
    private final StoreInventory inventory;
    private final BackfillOptions options;
    private final Supplier<ThrottleStatus> throttle;
    private final Estimates estimates;
    private final RowEstimate rowEstimate;
    private final ImpactCheck impact;

    /** Simulations of the node's versions. */
    public Simulator(
            Versions versions,
            Projections projections,
            Backfills backfills,
            OrderedStream stream,
            StoreInventory inventory,
            ProjectionStore store,
            VersionStates states,
            BackfillOptions options,
            Governor governor,
            EventStore events,
            Rebuilds rebuilds) {
        this.versions = versions;
        this.projections = projections;
        this.stream = stream;
        this.inventory = inventory;
        this.options = options;
        this.throttle = governor::status;
        this.estimates = new Estimates(store, versions, states, projections, backfills, events);
        this.rowEstimate = new RowEstimate(versions, states, projections);
        this.impact = new ImpactCheck(states, store, rebuilds, estimates);
    }

    /**
     * Estimates the backfill of the version, and keeps the estimate so that later ones learn from it.
     *
     * @throws SimulationRefusedException when the version is not built from folds
     * @throws io.changeover.view.UnknownVersionException when it is not declared
     */
    public Simulation run(VersionId id, SimulationOptions sample) {
        FoldedVersion version = folded(id);
        // In this order, as what lies below the horizon must have been counted.
        long horizon = stream.horizon();
        Set<String> wanted = projections.storedNamesOf(id);
        Map<String, Long> byName = new TreeMap<>();
        for (StoreInventory.Entry entry : inventory.refresh()) {
            if (wanted.contains(entry.revision().name())) {
                byName.merge(entry.revision().name(), entry.events(), Long::sum);
            }
        }
        HistoryOutline outline = inventory.outline(0, horizon, wanted);
        Measured measured = measure(id, outline, sample, wanted);
        PastErrors past = estimates.past();
        Simulation simulation = simulation(version, horizon, outline.events(), byName, measured, past);
        estimates.keep(id, simulation, simulation.seconds().expected() / past.correction());
        return simulation;
    }

    /**
     * What a change of the version's folds concerns.
     *
     * @throws SimulationRefusedException when the version is not built from folds
     * @throws io.changeover.view.UnknownVersionException when it is not declared
     */
    public Impact impact(VersionId id) {
        FoldedVersion version = folded(id);
        long horizon = stream.horizon();
        inventory.refresh();
        long events =
                inventory.outline(0, horizon, projections.storedNamesOf(id)).events();
        try {
            return impact.of(version, events);
        } catch (RebuildRefusedException e) {
            throw new SimulationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
    }

    private FoldedVersion folded(VersionId id) {
        VersionDefinition version = versions.get(id);
        if (version instanceof FoldedVersion folded) {
            return folded;
        }
        throw new SimulationRefusedException(
                "not-folded",
                "Version '%s' is not built from folds, and only what folds do is known beforehand; name a version that is declared by @View"
                        .formatted(id));
    }

    /** What was measured; times of reading in seconds for each event. */
    private record Measured(double readAgain, double readFirst, long events, Folded folded, Written written) {}

    private Measured measure(VersionId id, HistoryOutline outline, SimulationOptions sample, Set<String> names) {
        Stretches reading = Stretches.of(outline, READING);
        long start = System.nanoTime();
        reading.pass(stream, names);
        long between = System.nanoTime();
        long passed = Math.max(1, reading.pass(stream, names));
        long end = System.nanoTime();
        List<List<StoredEvent>> events = Stretches.of(outline, sample).read(stream, names);
        FoldSample folds = projections.foldSample(id);
        Folded folded = folds.fold(events);
        double first = (between - start) / NANOS / passed;
        double again = Math.min(first, (end - between) / NANOS / passed);
        return new Measured(again, first, folded.events(), folded, folds.write());
    }

    private Simulation simulation(
            FoldedVersion version,
            long horizon,
            long events,
            Map<String, Long> byName,
            Measured measured,
            PastErrors past) {
        RowEstimate.Rows rows = rowEstimate.of(version, events, byName, measured.folded());
        Written written = measured.written();
        double scale = measured.events() == 0 ? 0 : (double) events / measured.events();
        double forEachRow = written.rows() == 0 ? 0 : 1.0 / written.rows();
        int cores = Runtime.getRuntime().availableProcessors();
        ThrottleStatus now = throttle.get();
        int workers = Math.max(
                1, Math.min(cores, Math.min(options.workers(), now.limits().maxWorkers())));

        double read = measured.readAgain() * events;
        double parse = measured.folded().parsed() / NANOS * scale;
        double fold = measured.folded().folded() / NANOS * scale;
        double copy = written.copied() / NANOS * forEachRow;
        double index = written.indexed() / NANOS * forEachRow * rows.span().expected();
        double replace = written.replaced() / NANOS * forEachRow;
        // A row that changes on is written again at each checkpoint at which it has changed: never at best.
        double interval = options.checkpointInterval().toNanos() / NANOS / 2;
        double least = Math.max(
                read, Math.max((parse + fold) / workers, copy * rows.span().expected()));
        double later = Math.max(0, Math.ceil(least / interval) - 1);
        double most =
                Math.max(0, Math.min(events - rows.span().low(), rows.span().high() * later));
        Span again = new Span(0, most / 2, most);
        double write = copy * rows.span().expected() + replace * again.expected();
        double low = Math.max(
                        read,
                        Math.max((parse + fold) / workers, copy * rows.span().low()))
                + index;
        double high = Math.max(
                low,
                measured.readFirst() * events
                        + (parse + fold) / workers
                        + copy * rows.span().high()
                        + replace * again.high()
                        + 2 * index);
        Span seconds = new Span(low, Math.sqrt(low * high), high).times(past.correction());
        if (now.limits().maxEventsPerSecond() > 0) {
            seconds = seconds.atLeast((double) events / now.limits().maxEventsPerSecond());
        }
        Map<String, Double> stages = new LinkedHashMap<>();
        stages.put("read", read);
        stages.put("parse", parse);
        stages.put("fold", fold);
        stages.put("write", write);
        stages.put("index", index);

        Span table = rows.span().times(written.tableBytes() * forEachRow);
        Span indexes = rows.span().times(written.indexBytes() * forEachRow);
        double busy = read + parse + fold + write + index;
        return new Simulation(
                version.id().toString(),
                horizon,
                events,
                byName,
                measured.events(),
                measured.folded().waiting(),
                seconds,
                stages,
                rows.span(),
                rows.by(),
                table,
                indexes,
                rows.span().plus(again).times(written.tableBytes() * forEachRow).plus(indexes),
                rows.span().times((double) measured.folded().bytesPerRow()),
                options.memoryBudget(),
                seconds.expected() == 0 ? 0 : Math.min(1, busy * past.correction() / seconds.expected() / cores),
                CONNECTIONS,
                heldBack(now),
                past);
    }

    private List<String> heldBack(ThrottleStatus now) {
        List<String> reasons = new ArrayList<>();
        now.vetoes().forEach(veto -> reasons.add("%s stops it: %s".formatted(veto.signal(), veto.reason())));
        reasons.addAll(now.signals().stream()
                .filter(signal -> signal.state() == Wish.SHRINK)
                .map(signal -> "%s slows it: %s".formatted(signal.name(), signal.text()))
                .collect(Collectors.toList()));
        if (now.limits().maxEventsPerSecond() > 0) {
            reasons.add(
                    "the limit of %d events in a second".formatted(now.limits().maxEventsPerSecond()));
        }
        if (now.limits().maxWorkers() < options.workers()) {
            reasons.add("the limit of %d workers, where %d are there"
                    .formatted(now.limits().maxWorkers(), options.workers()));
        }
        return reasons;
    }
}
