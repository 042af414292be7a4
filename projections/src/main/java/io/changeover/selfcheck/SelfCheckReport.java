package io.changeover.selfcheck;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a self-check found. Sensitive values are masked.
 *
 * @param version written form of the version
 * @param verdict what follows from all this
 * @param reason the verdict in a sentence
 * @param homes homes that were checked
 * @param parked how many of them could not be, because dead letters wait for them
 * @param events events of history that were read
 * @param same rows that are as their events make them, provenance included
 * @param changed rows that have other values or another provenance
 * @param missing rows that are not stored
 * @param superfluous rows that should not be stored
 * @param samples some of the rows that are not the same
 * @param sql how the canonical form in SQL stands to the one in Java, or null where the version declares none
 * @param seed what the draw of homes began with, or null where all were checked
 * @param note what else to know, or null
 * @param duration how long it took
 */
public record SelfCheckReport(
        String version,
        Verdict verdict,
        String reason,
        long homes,
        long parked,
        long events,
        long same,
        long changed,
        long missing,
        long superfluous,
        List<Sample> samples,
        @Nullable SqlForm sql,
        @Nullable Long seed,
        @Nullable String note,
        Duration duration) {

    /** The judgement of a self-check. */
    public enum Verdict {
        /** Every row is what its events make it. */
        SAME,
        /** At least one row is not, or the two canonical forms disagree. */
        DIFFERENT,
        /** Nothing differs, but nothing is proven of some homes, or there is nothing to check. */
        NOT_COMPARABLE
    }

    /**
     * A row that is not what its events make it.
     *
     * @param key components of its key, joined by a slash
     * @param kind {@code changed}, {@code missing} or {@code superfluous}
     * @param fields components that differ, and {@code _position} and {@code _event_id} where provenance does
     * @param stored the row as stored, or null where it is missing
     * @param folded the row as its events make it, or null where there should be none
     */
    public record Sample(
            String key,
            String kind,
            List<String> fields,
            @Nullable Map<String, @Nullable Object> stored,
            @Nullable Map<String, @Nullable Object> folded) {}

    /**
     * The canonical form in SQL, evaluated on the stored rows of the homes that were checked.
     *
     * @param rows rows on which both forms were evaluated
     * @param disagreeing how many of them have another record in SQL than in Java
     * @param samples some of these
     */
    public record SqlForm(long rows, long disagreeing, List<Disagreement> samples) {}

    /**
     * A row of which the two canonical forms make different records.
     *
     * @param key components of its key, joined by a slash
     * @param fields fields in which they differ
     * @param java what the method makes, or null where it fails
     * @param sql what the expressions make, or null where they fail
     * @param failure why one of them fails, or null
     */
    public record Disagreement(
            String key,
            List<String> fields,
            @Nullable Map<String, @Nullable Object> java,
            @Nullable Map<String, @Nullable Object> sql,
            @Nullable String failure) {}
}
