package io.changeover.report;

import io.changeover.changeover.Evidence;
import io.changeover.changeover.GateReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a changeover was like, from its declaration to its end, or as far as it has come. Immutable.
 *
 * @param id identifier of the changeover
 * @param view name of the view
 * @param from version that served when it began
 * @param to version that was to take over
 * @param outcome {@code open}, {@code completed} or {@code aborted}
 * @param phase phase that it is in, or ended in
 * @param plan name of the plan that it was carried out by last, or null where a person took each step
 * @param declaredAt when it began
 * @param endedAt when it ended, or null while it is open
 * @param lastEvent number of the view's last event that this report knows
 * @param writtenAt when this was put together
 * @param timeline all events of the changeover, in order
 * @param phases how long it was in each phase at each share of readers, in order
 * @param reached how long after its declaration it came how far
 * @param parity comparisons that were recorded in it, in order
 * @param comparisons comparisons of its two versions that were kept meanwhile, in order
 * @param repairs homes of its two versions that were repaired meanwhile, in order
 * @param incidents what went wrong or back, in order
 * @param revisions revisions of events that first came into the store while it was open, by position
 * @param code folds of its two versions whose code was recorded anew meanwhile, in order
 * @param shadow shadow reads by outcome
 * @param budget calls that the new version was to answer, and how many it did not
 * @param nodes nodes that took part, in order
 */
public record ChangeoverReport(
        String id,
        String view,
        int from,
        int to,
        String outcome,
        String phase,
        @Nullable String plan,
        Instant declaredAt,
        @Nullable Instant endedAt,
        long lastEvent,
        Instant writtenAt,
        List<Moment> timeline,
        List<PhaseTime> phases,
        Reached reached,
        List<Parity> parity,
        List<Compared> comparisons,
        List<Repaired> repairs,
        List<Incident> incidents,
        List<NewRevision> revisions,
        List<NewCode> code,
        Map<String, Long> shadow,
        Budget budget,
        List<String> nodes) {

    /** Copies the lists. */
    public ChangeoverReport {
        timeline = List.copyOf(timeline);
        phases = List.copyOf(phases);
        parity = List.copyOf(parity);
        comparisons = List.copyOf(comparisons);
        repairs = List.copyOf(repairs);
        incidents = List.copyOf(incidents);
        revisions = List.copyOf(revisions);
        code = List.copyOf(code);
        nodes = List.copyOf(nodes);
    }

    /**
     * An event of the changeover.
     *
     * @param position position of the event in the store; 0 where it is not known
     * @param at when it happened
     * @param what name of the event without its prefix, such as {@code reads-shifted}
     * @param text what it says, in a few words
     * @param actor who asked for it, or empty where nobody did
     * @param reason why; may be empty
     * @param gates what the gates saw
     * @param evidence what the rules saw, or null where they were not asked
     */
    public record Moment(
            long position,
            Instant at,
            String what,
            String text,
            String actor,
            String reason,
            List<GateReading> gates,
            @Nullable Evidence evidence) {}

    /**
     * A stretch of time in one phase at one share of readers.
     *
     * @param phase the phase
     * @param percent share of readers that the new version served
     * @param since when it began
     * @param lasted how long it was, up to the end of the changeover or of the report
     */
    public record PhaseTime(String phase, int percent, Instant since, Duration lasted) {}

    /**
     * Time to value, each from the declaration on.
     *
     * @param firstReader until the first reader was given to the new version, or null where none was
     * @param allReaders until all readers were for the first time, or null
     * @param completed until the changeover was completed for the last time, or null
     */
    public record Reached(
            @Nullable Duration firstReader, @Nullable Duration allReaders, @Nullable Duration completed) {}

    /**
     * A comparison that was recorded in the changeover.
     *
     * @param at when
     * @param position position of the event
     * @param verdict {@code equal}, {@code different} or {@code not-comparable}
     * @param rows rows that were compared
     * @param inFlight rows that could not be
     * @param differences rows that differed, were missing or were extra
     */
    public record Parity(Instant at, long position, String verdict, long rows, long inFlight, long differences) {}

    /**
     * A comparison that was kept with its differences.
     *
     * @param id its identifier
     * @param at when it was begun
     * @param state what became of it
     * @param verdict what it found, or null where it was not done
     * @param rows rows that were compared
     * @param different rows that differed
     * @param missing rows that only the old version had
     * @param extra rows that only the new version had
     * @param fields in how many rows each field differed
     */
    public record Compared(
            String id,
            Instant at,
            String state,
            @Nullable String verdict,
            long rows,
            long different,
            long missing,
            long extra,
            Map<String, Long> fields) {}

    /**
     * Homes that somebody had repaired at once.
     *
     * @param repair identifier of the repair
     * @param at when
     * @param version the version
     * @param homes how many homes
     * @param actor who asked for it
     * @param reason why; may be empty
     */
    public record Repaired(String repair, Instant at, String version, long homes, String actor, String reason) {}

    /**
     * Something that went wrong, or back.
     *
     * @param kind one of rollback, step-back, failure and pause
     * @param at when
     * @param position position of the event
     * @param actor who or what did it
     * @param reason why; may be empty
     * @param fromPercent share of readers of the new version before
     * @param toPercent the share after
     * @param cause gates that did not pass, with what they saw; empty where a person decided
     * @param deployed revisions of events and code of folds that came in while the changeover was open and before this
     */
    public record Incident(
            String kind,
            Instant at,
            long position,
            String actor,
            String reason,
            int fromPercent,
            int toPercent,
            List<GateReading> cause,
            List<String> deployed) {}

    /**
     * A revision of an event that first came into the store while the changeover was open: some release was deployed.
     *
     * @param revision name and revision, such as {@code order.placed@2}
     * @param firstPosition position of the first such event
     * @param events how many there are now
     */
    public record NewRevision(String revision, long firstPosition, long events) {}

    /**
     * Code of a fold that was recorded while the changeover was open.
     *
     * @param version the version
     * @param part what of it, as fingerprints name it
     * @param at when
     * @param mixed whether rows were made by other code too
     */
    public record NewCode(String version, String part, Instant at, boolean mixed) {}

    /**
     * How the error budget was spent.
     *
     * @param share share of calls that may fall back
     * @param calls calls that count
     * @param allowed how many of as many may fall back
     * @param spent how many did
     * @param fallbacks calls by how they ended
     */
    public record Budget(double share, long calls, long allowed, long spent, Map<String, Long> fallbacks) {}

    /** How long it took, up to now where it is open. */
    public Duration lasted() {
        return Duration.between(declaredAt, Objects.requireNonNullElse(endedAt, writtenAt));
    }

    /** How many incidents of the kind it had. */
    public long incidents(String kind) {
        return incidents.stream()
                .filter(incident -> incident.kind().equals(kind))
                .count();
    }

    /** Differences that all recorded comparisons of it found together. */
    public long differencesFound() {
        return parity.stream().mapToLong(Parity::differences).sum();
    }

    /** Homes that were repaired. */
    public long homesRepaired() {
        return repairs.stream().mapToLong(Repaired::homes).sum();
    }

    /** The same in a line. */
    public ReportSummary summary() {
        return new ReportSummary(
                id,
                view,
                from,
                to,
                outcome,
                phase,
                plan,
                declaredAt,
                endedAt,
                lasted(),
                incidents("rollback"),
                differencesFound(),
                budget.spent());
    }
}
