package io.changeover.report;

import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Failed;
import io.changeover.changeover.ChangeoverEvent.ParityRecorded;
import io.changeover.changeover.ChangeoverEvent.Paused;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.RollbackConfirmed;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.WayBackProven;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.ParityFigures;
import io.changeover.changeover.Phase;
import io.changeover.projection.ProjectionStore;
import io.changeover.report.ChangeoverReport.Incident;
import io.changeover.report.ChangeoverReport.NewCode;
import io.changeover.report.ChangeoverReport.NewRevision;
import io.changeover.report.ChangeoverReport.Parity;
import io.changeover.report.ChangeoverReport.PhaseTime;
import io.changeover.report.ChangeoverReport.Reached;
import io.changeover.report.ReportStore.Kept;
import io.changeover.report.Trail.Step;
import io.changeover.stream.StoreInventory;
import io.changeover.view.Versions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Makes reports of changeovers, and keeps those of changeovers that are over. Safe for use by several threads. */
public final class ChangeoverReports {

    private final Versions versions;
    private final ReportStore store;
    private final StoreInventory inventory;
    private final ReportOptions options;

    /** Up to which event each view was looked at, so that a view in which nothing happens costs nothing. */
    private final Map<String, Long> seen = new HashMap<>();

    /** Reports of the declared views. Touches nothing yet. */
    public ChangeoverReports(
            Versions versions,
            ProjectionStore store,
            EventStore events,
            StoreInventory inventory,
            ReportOptions options) {
        this.versions = versions;
        this.store = new ReportStore(store, events);
        this.inventory = inventory;
        this.options = options;
    }

    ReportOptions options() {
        return options;
    }

    /**
     * The report of a changeover: as kept where it is over and nothing has happened since, else made now.
     *
     * @param id the changeover, or null for the open one of the view, else its last
     * @return empty where the view has had none, or none of that identifier
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    public Optional<ChangeoverReport> of(String view, @Nullable String id) {
        versions.requireView(view);
        List<Trail> trails = store.trails(view);
        Trail found = null;
        for (Trail trail : trails) {
            if (id == null || trail.declared().changeoverId().equals(id)) {
                found = trail;
            }
        }
        if (found == null) {
            return id == null
                    ? Optional.empty()
                    : store.find(id).filter(kept -> kept.view().equals(view));
        }
        return Optional.of(report(found));
    }

    /** The same by the identifier alone, whatever its view. */
    public Optional<ChangeoverReport> find(String id) {
        for (String view : versions.views()) {
            Optional<ChangeoverReport> found = of(view, id);
            if (found.isPresent()) {
                return found;
            }
        }
        return store.find(id); // of a view that is no longer declared
    }

    /**
     * Reports of open changeovers, made now, then kept ones, the latest first.
     *
     * @param view the view, or null for all
     * @param limit how many at most
     */
    public List<ReportSummary> list(@Nullable String view, int limit) {
        List<ReportSummary> all = new ArrayList<>();
        for (String each : view == null ? versions.views() : List.of(view)) {
            of(each, null).filter(report -> report.endedAt() == null).ifPresent(report -> all.add(report.summary()));
        }
        store.list(view, limit).stream()
                .map(ChangeoverReport::summary)
                .filter(kept -> all.stream().noneMatch(open -> open.id().equals(kept.id())))
                .forEach(all::add);
        return all.size() <= limit ? all : all.subList(0, limit);
    }

    /**
     * Keeps the report of every changeover that is over and has none, or one that later events or late counts make out of
     * date. Any node may do it at any time, also several at once; what a node that died has not kept is kept here.
     *
     * @return how many were written
     */
    public synchronized int keepEnded() {
        int written = 0;
        Map<String, Long> latest = store.latest(versions.views());
        latest.entrySet().removeIf(each -> each.getValue().equals(seen.get(each.getKey())));
        if (latest.isEmpty()) {
            return 0;
        }
        Map<String, Kept> kept = store.kept();
        Instant now = store.now();
        for (Map.Entry<String, Long> each : latest.entrySet()) {
            String view = each.getKey();
            boolean settled = true;
            for (Trail trail : store.trails(view)) {
                Step end = trail.end().orElse(null);
                if (end == null) {
                    continue;
                }
                if (isOutOfDate(kept.get(trail.declared().changeoverId()), trail, end)) {
                    store.keep(make(trail));
                    written++;
                }
                settled &= !now.isBefore(end.at().plus(options.settle()));
            }
            if (settled) {
                seen.put(view, each.getValue());
            }
        }
        return written;
    }

    private boolean isOutOfDate(@Nullable Kept kept, Trail trail, Step end) {
        return kept == null
                || kept.lastEvent() < trail.last().number()
                || kept.writtenAt().isBefore(end.at().plus(options.settle()));
    }

    private ChangeoverReport report(Trail trail) {
        Step end = trail.end().orElse(null);
        if (end != null) {
            ChangeoverReport kept = store.find(trail.declared().changeoverId()).orElse(null);
            if (kept != null
                    && kept.lastEvent() >= trail.last().number()
                    && !kept.writtenAt().isBefore(end.at().plus(options.settle()))) {
                return kept;
            }
        }
        return make(trail);
    }

    private ChangeoverReport make(Trail trail) {
        Attempt attempt = trail.last().attempt();
        String view = trail.declared().view();
        int from = attempt.from();
        int to = attempt.to();
        Step end = trail.end().orElse(null);
        Instant since = trail.first().at();
        Instant now = store.now();
        Instant until = end == null ? now : end.at();
        List<NewRevision> revisions =
                revisions(trail.first().position(), end == null ? Long.MAX_VALUE : end.position());
        List<NewCode> code = store.code(view, from, to, since, until);
        return new ChangeoverReport(
                attempt.id(),
                view,
                from,
                to,
                end == null ? "open" : attempt.phase() == Phase.COMPLETED ? "completed" : "aborted",
                attempt.phase().text(),
                attempt.course().plan() == null ? null : attempt.course().plan().name(),
                since,
                end == null ? null : end.at(),
                trail.last().number(),
                now,
                trail.steps().stream().map(Telling::of).toList(),
                phases(trail, until),
                reached(trail),
                parity(trail),
                store.comparisons(view, from, to, since, until),
                store.repairs(view, from, to, since, until),
                incidents(trail, revisions, code),
                revisions,
                code,
                store.shadow(view, attempt.id()),
                store.budget(attempt.id(), to, options.budgetShare()),
                nodes(trail, store.nodes(view, since)));
    }

    private List<NewRevision> revisions(long after, long upTo) {
        return inventory.refresh().stream()
                .filter(entry -> entry.firstPosition() > after && entry.firstPosition() <= upTo)
                .filter(entry -> !entry.revision().name().startsWith("changeover."))
                .sorted(Comparator.comparingLong(StoreInventory.Entry::firstPosition))
                .map(entry -> new NewRevision(entry.revision().toString(), entry.firstPosition(), entry.events()))
                .toList();
    }

    static List<PhaseTime> phases(Trail trail, Instant until) {
        List<PhaseTime> phases = new ArrayList<>();
        Attempt current = trail.first().attempt();
        Instant since = trail.first().at();
        for (Step step : trail.steps()) {
            Attempt next = step.attempt();
            if (next.phase() != current.phase() || next.percent() != current.percent()) {
                phases.add(phase(current, since, step.at()));
                current = next;
                since = step.at();
            }
        }
        if (!current.phase().closed()) {
            phases.add(phase(current, since, until));
        }
        return phases;
    }

    private static PhaseTime phase(Attempt attempt, Instant since, Instant until) {
        return new PhaseTime(attempt.phase().text(), attempt.percent(), since, Duration.between(since, until));
    }

    static Reached reached(Trail trail) {
        return new Reached(
                first(
                        trail,
                        step -> (step.event() instanceof ReadsShifted shifted && shifted.percent() > 0)
                                || (step.event() instanceof ReaderPinned pinned
                                        && pinned.version() == step.attempt().to())),
                first(trail, step -> step.event() instanceof ReadsShifted shifted && shifted.percent() == 100),
                trail.last().attempt().phase() == Phase.COMPLETED
                        ? last(trail, step -> step.event() instanceof Completed)
                        : null);
    }

    private static @Nullable Duration first(Trail trail, Predicate<Step> wanted) {
        return trail.steps().stream()
                .filter(wanted)
                .findFirst()
                .map(step -> Duration.between(trail.first().at(), step.at()))
                .orElse(null);
    }

    private static @Nullable Duration last(Trail trail, Predicate<Step> wanted) {
        return trail.steps().stream()
                .filter(wanted)
                .reduce((before, after) -> after)
                .map(step -> Duration.between(trail.first().at(), step.at()))
                .orElse(null);
    }

    private static List<Parity> parity(Trail trail) {
        List<Parity> parity = new ArrayList<>();
        for (Step step : trail.steps()) {
            if (step.event() instanceof ParityRecorded recorded) {
                ParityFigures figures = recorded.figures();
                parity.add(new Parity(
                        step.at(),
                        step.position(),
                        Telling.verdict(figures.verdict()),
                        figures.rowsCompared(),
                        figures.inFlight(),
                        figures.differences()));
            }
        }
        return parity;
    }

    static List<Incident> incidents(Trail trail, List<NewRevision> revisions, List<NewCode> code) {
        List<Incident> incidents = new ArrayList<>();
        for (Step step : trail.steps()) {
            if (step.event() instanceof RolledBack back) {
                incidents.add(incident(
                        "rollback",
                        step,
                        back.actor(),
                        back.reason(),
                        back.previousPercent(),
                        Objects.requireNonNull(back.gates()),
                        deployed(step, revisions, code)));
            } else if (step.event() instanceof ReadsShifted shifted && shifted.percent() < shifted.previousPercent()) {
                incidents.add(incident(
                        "step-back",
                        step,
                        shifted.actor(),
                        shifted.reason(),
                        shifted.previousPercent(),
                        Objects.requireNonNull(shifted.gates()),
                        deployed(step, revisions, code)));
            } else if (step.event() instanceof Failed failed) {
                incidents.add(incident(
                        "failure",
                        step,
                        failed.actor(),
                        failed.reason(),
                        step.attempt().percent(),
                        List.of(),
                        deployed(step, revisions, code)));
            } else if (step.event() instanceof Paused paused) {
                incidents.add(incident(
                        "pause",
                        step,
                        paused.actor(),
                        paused.reason(),
                        step.attempt().percent(),
                        List.of(),
                        List.of()));
            }
        }
        return incidents;
    }

    private static Incident incident(
            String kind,
            Step step,
            String actor,
            String reason,
            int before,
            List<GateReading> gates,
            List<String> deployed) {
        return new Incident(
                kind,
                step.at(),
                step.position(),
                actor,
                reason,
                before,
                step.attempt().percent(),
                gates.stream().filter(gate -> !gate.passes()).toList(),
                deployed);
    }

    /** What had come in by then; whether it is the cause is for people to say. */
    private static List<String> deployed(Step step, List<NewRevision> revisions, List<NewCode> code) {
        List<String> deployed = new ArrayList<>();
        revisions.stream()
                .filter(each -> each.firstPosition() <= step.position())
                .forEach(each -> deployed.add(
                        "%s since position %s".formatted(each.revision(), ReportText.count(each.firstPosition()))));
        code.stream()
                .filter(each -> !each.at().isAfter(step.at()))
                .map(each -> "code of %s recorded %s"
                        .formatted(each.version(), each.at().truncatedTo(ChronoUnit.SECONDS)))
                .distinct()
                .forEach(deployed::add);
        return deployed;
    }

    private static List<String> nodes(Trail trail, List<String> acknowledged) {
        TreeSet<String> nodes = new TreeSet<>(acknowledged);
        for (Step step : trail.steps()) {
            if (step.event() instanceof WayBackProven proven) {
                nodes.addAll(proven.acknowledgedBy());
            } else if (step.event() instanceof RollbackConfirmed confirmed) {
                nodes.addAll(confirmed.acknowledgedBy());
            }
        }
        return List.copyOf(nodes);
    }
}
