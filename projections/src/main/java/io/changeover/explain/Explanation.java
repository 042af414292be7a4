package io.changeover.explain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a row is as it is in two versions. Sensitive values are masked, in rows, canonical records and payloads alike.
 *
 * @param view name of the view
 * @param key components of the row's key, as text
 * @param left one version
 * @param right the other, or the same one where there is no other
 * @param events events that touch the row in either version, in order; where there are too many, some of them
 * @param leftOut how many of those events are not told
 * @param parting the event from which on the canonical forms differ up to the end, or null where they are equal there
 * @param fields since which event each field differs that differs at the end
 * @param earlier partings after which the forms came to be equal again, in order, at most 20
 * @param earlierPartings how many of those there are
 * @param foldsOwn whether the forms differ although both stored rows are what their folds make, so that only a change of
 *     folds helps
 * @param summary all of it in a few sentences
 */
public record Explanation(
        String view,
        List<String> key,
        Side left,
        Side right,
        List<Event> events,
        long leftOut,
        @Nullable Parting parting,
        List<FieldParting> fields,
        List<Parting> earlier,
        long earlierPartings,
        boolean foldsOwn,
        String summary) {

    Explanation saying(String sentences) {
        return new Explanation(
                view,
                key,
                left,
                right,
                events,
                leftOut,
                parting,
                fields,
                earlier,
                earlierPartings,
                foldsOwn,
                sentences);
    }

    /**
     * The row in one version as it is stored.
     *
     * @param version written form of the version
     * @param maintained {@code folds}, {@code component} or {@code foreign}
     * @param position position up to which its events are applied, or null where that is not known
     * @param parked dead letters that wait for its home
     * @param row the stored row, or null where there is none
     * @param record its canonical record, or null where there is none
     * @param rowPosition position of the event that changed the stored row last, or null where that is not known
     * @param rowEventId identifier of that event, or null
     * @param folded the row that its folds make of its events up to the same position, or null where there is none
     * @param stored how the stored row stands to that: {@code as-folded}, {@code changed}, {@code missing},
     *     {@code superfluous}, {@code waits} where dead letters wait and so it cannot be told, {@code not-folded} where no
     *     folds make it
     * @param fields components in which the two differ, and {@code _position} and {@code _event_id} where provenance does
     * @param remedy what to do about that, or null where nothing is to be done
     */
    public record Side(
            String version,
            String maintained,
            @Nullable Long position,
            int parked,
            @Nullable Map<String, @Nullable Object> row,
            @Nullable Map<String, @Nullable Object> record,
            @Nullable Long rowPosition,
            @Nullable String rowEventId,
            @Nullable Map<String, @Nullable Object> folded,
            String stored,
            List<String> fields,
            @Nullable String remedy) {}

    /**
     * An event that touches the row.
     *
     * @param position its position
     * @param eventId its identifier
     * @param time when it happened, in ISO form
     * @param aggregateType type of the aggregate that wrote it, or null
     * @param aggregateId identifier of that aggregate
     * @param name name under which it is stored
     * @param revision revision in which it is stored, or null where it has none
     * @param payload payload as stored, or null where it cannot be parsed
     * @param steps the steps that lead from there to today, in order, such as {@code account.credited 1 -> 2}
     * @param today what it stands for today
     * @param unreadable why it cannot be read today, or null where it can
     * @param left what it did on the left, or null where that side is not folded here
     * @param right what it did on the right, or null where that side is not folded here
     * @param kind {@code missing}, {@code extra} or {@code different}, where the canonical forms differ after it; null where
     *     they are equal, or cannot be told because one side has not applied it
     * @param fields fields in which they differ
     * @param parts whether they were equal before and differ after it
     * @param meets whether they differed before and are equal after it
     */
    public record Event(
            long position,
            String eventId,
            String time,
            @Nullable String aggregateType,
            String aggregateId,
            String name,
            @Nullable String revision,
            @Nullable ObjectNode payload,
            List<String> steps,
            List<Today> today,
            @Nullable String unreadable,
            @Nullable After left,
            @Nullable After right,
            @Nullable String kind,
            List<String> fields,
            boolean parts,
            boolean meets) {}

    /**
     * An event as today's class has it.
     *
     * @param name name of the event
     * @param revision revision of its class
     * @param payload its payload
     */
    public record Today(String name, @Nullable String revision, ObjectNode payload) {}

    /**
     * The row in one version after an event.
     *
     * @param effect a word for what the event did: created, changed, unchanged or deleted the row, failed, waits behind an
     *     earlier event, ignored where the version does nothing to the row with it, ahead where the version has not come to
     *     it yet
     * @param row the row, or null where there is none
     * @param record its canonical record, or null where there is none
     * @param changed components of the row that the event has changed
     * @param failure why the fold or the canonical form fails, or null where neither does
     */
    public record After(
            String effect,
            @Nullable Map<String, @Nullable Object> row,
            @Nullable Map<String, @Nullable Object> record,
            List<String> changed,
            @Nullable String failure) {}

    /**
     * An event at which the canonical forms part.
     *
     * @param position its position
     * @param event name and revision in which it is stored, such as {@code account.credited@1}
     * @param steps the steps that lead from there to today
     * @param kind {@code missing}, {@code extra} or {@code different}
     * @param fields fields in which they differ after it
     * @param until position of the event after which they are equal again, or null where there is none
     */
    public record Parting(
            long position, String event, List<String> steps, String kind, List<String> fields, @Nullable Long until) {}

    /**
     * A field that differs at the end.
     *
     * @param field component of the canonical record
     * @param since position of the event from which on it does
     */
    public record FieldParting(String field, long since) {}
}
