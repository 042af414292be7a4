package io.changeover.reconcile;

import io.changeover.parity.ParityReport.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far two versions have been compared since, and what differs.
 *
 * @param view name of the view
 * @param left written form of the version with the lower number
 * @param right written form of the other
 * @param state {@code new} before the first look, {@code following}, {@code paused} while one of them is not live, or
 *     {@code failing}
 * @param why why it is paused or failing, or null
 * @param position position up to which whatever events have touched was compared
 * @param behind positions of the event store that were not compared yet
 * @param comparedAt when touched rows were last compared, or null
 * @param fullAt when the last comparison of all rows began, or null
 * @param fullVerdict what that found, or null
 * @param rowsCompared rows that were compared on both sides since the pair is known, a row as often as it was
 * @param rows rows that differ now
 * @param waiting homes that could not be compared and are looked at again, as they wait with dead letters
 * @param alert whether more rows differ than may
 * @param workedOnBy node that compares the pair at this moment, or null
 * @param listed some of the differing rows, those first that differ the longest
 */
public record Drift(
        String view,
        String left,
        String right,
        String state,
        @Nullable String why,
        long position,
        long behind,
        @Nullable Instant comparedAt,
        @Nullable Instant fullAt,
        @Nullable Verdict fullVerdict,
        long rowsCompared,
        long rows,
        long waiting,
        boolean alert,
        @Nullable String workedOnBy,
        List<DriftingRow> listed) {}
