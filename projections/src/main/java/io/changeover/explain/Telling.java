package io.changeover.explain;

import io.changeover.event.StoredEvent;
import io.changeover.explain.FoldedSide.Step;
import io.changeover.projection.ReadEvent;
import io.changeover.projection.StoredRow;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import io.changeover.upcast.UnreadableEventException;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Puts what was found about a row into an explanation, with masks where they belong. */
final class Telling {

    private static final String AS_FOLDED = "as-folded";
    private static final String WAITS = "waits";

    private final EventReader reader;
    private final AppliedSteps steps;
    private final PayloadMasks payloads;
    private final Shown shown;
    private final Function<VersionId, @Nullable String> stale;

    /** @param stale says of a folded version how its folds have changed since its rows were made, null where not */
    Telling(
            EventReader reader,
            AppliedSteps steps,
            PayloadMasks payloads,
            Shown shown,
            Function<VersionId, @Nullable String> stale) {
        this.reader = reader;
        this.steps = steps;
        this.payloads = payloads;
        this.shown = shown;
        this.stale = stale;
    }

    Explanation tell(
            RowName name,
            StoredSide storedLeft,
            StoredSide storedRight,
            @Nullable FoldedSide left,
            @Nullable FoldedSide right,
            Story story) {
        boolean alone = storedLeft.version().id().equals(storedRight.version().id());
        Explanation.Side one = side(name, storedLeft, left);
        Explanation.Side other = alone ? one : side(name, storedRight, right);
        List<Explanation.Event> events = story.told().stream()
                .map(told -> event(told, storedLeft.version(), storedRight.version()))
                .toList();
        Story.Parting parting = story.parting();
        boolean foldsOwn = parting != null && isAsFolded(one) && isAsFolded(other);
        Explanation explanation = new Explanation(
                storedLeft.version().id().view(),
                name.key(),
                one,
                other,
                events,
                story.total() - events.size(),
                parting == null ? null : parting(parting),
                story.since().entrySet().stream()
                        .map(field -> new Explanation.FieldParting(field.getKey(), field.getValue()))
                        .toList(),
                story.earlier().stream().map(this::parting).toList(),
                story.partings(),
                foldsOwn,
                "");
        return explanation.saying(new Summary(
                        explanation, name, story, failure(left), failure(right), difference(storedLeft, storedRight))
                .text());
    }

    private static boolean isAsFolded(Explanation.Side side) {
        return side.stored().equals(AS_FOLDED);
    }

    private static Difference difference(StoredSide left, StoredSide right) {
        return Difference.between(left.version().canonical(), left.record(), right.record());
    }

    private static @Nullable String failure(@Nullable FoldedSide side) {
        return side == null ? null : side.failure();
    }

    private Explanation.Side side(RowName name, StoredSide stored, @Nullable FoldedSide folded) {
        StoredRow row = stored.row();
        StoredRow made = folded == null ? null : folded.row();
        VersionDefinition version = stored.version();
        List<String> fields = folded == null || row == null || made == null ? List.of() : folded.differing(row, made);
        String verdict = verdict(stored, folded, fields);
        return new Explanation.Side(
                version.id().toString(),
                stored.maintained(),
                stored.position(),
                stored.parked(),
                shown.of(version.rows(), stored.bare()),
                shown.of(version.canonical().shape(), stored.record()),
                row == null ? null : row.position(),
                row == null ? null : row.eventId(),
                made == null ? null : shown.of(version.rows(), made.row()),
                verdict,
                fields,
                remedy(name, version.id(), verdict, stored.parked()));
    }

    private static String verdict(StoredSide stored, @Nullable FoldedSide folded, List<String> fields) {
        if (folded == null) {
            return "not-folded";
        }
        StoredRow row = stored.row();
        StoredRow made = folded.row();
        boolean same = row == null ? made == null : made != null && fields.isEmpty();
        if (same) {
            return AS_FOLDED;
        }
        if (stored.parked() > 0) {
            return WAITS;
        }
        return row == null ? "missing" : made == null ? "superfluous" : "changed";
    }

    private @Nullable String remedy(RowName name, VersionId id, String verdict, int parked) {
        if (parked > 0) {
            return "changeover dead-letters %s".formatted(id);
        }
        return switch (verdict) {
            case "missing", "superfluous", "changed" ->
                stale.apply(id) == null
                        ? "changeover repair %s --home %s".formatted(id, quoted(name.home()))
                        : "changeover rebuild %s --changed".formatted(id);
            default -> null;
        };
    }

    private static String quoted(String home) {
        return home.matches("[\\w.:@/-]+") ? home : "'" + home.replace("'", "'\\''") + "'";
    }

    private Explanation.Event event(Story.Told told, VersionDefinition left, VersionDefinition right) {
        StoredEvent stored = told.event().stored();
        List<EventTree> today = today(told.event());
        return new Explanation.Event(
                stored.position(),
                stored.eventId(),
                stored.time().toString(),
                stored.aggregateType(),
                stored.aggregateId(),
                stored.name(),
                stored.revision(),
                payload(stored),
                steps.between(stored, today),
                today.stream()
                        .map(event -> new Explanation.Today(
                                event.name(), event.revision(), payloads.today(event, shown.masks())))
                        .toList(),
                told.event().failure(),
                after(told.left(), left),
                after(told.right(), right),
                told.difference().word(),
                told.difference().fields(),
                told.parts(),
                told.meets());
    }

    private List<EventTree> today(ReadEvent event) {
        if (event.failure() != null) {
            return List.of();
        }
        try {
            return reader.trees(event.stored());
        } catch (UnreadableEventException e) {
            return List.of();
        }
    }

    private @Nullable ObjectNode payload(StoredEvent stored) {
        try {
            return payloads.stored(reader.asStored(stored), shown.masks());
        } catch (UnreadableEventException e) {
            return null;
        }
    }

    private Explanation.@Nullable After after(@Nullable Step step, VersionDefinition version) {
        if (step == null) {
            return null;
        }
        StoredRow row = step.row();
        return new Explanation.After(
                step.effect().word(),
                row == null ? null : shown.of(version.rows(), row.row()),
                shown.of(version.canonical().shape(), step.record()),
                step.changed(),
                step.failure());
    }

    private Explanation.Parting parting(Story.Parting parting) {
        StoredEvent stored = parting.event().stored();
        return new Explanation.Parting(
                stored.position(),
                new Revision(stored.name(), stored.revision()).toString(),
                steps.between(stored, today(parting.event())),
                Objects.requireNonNull(parting.difference().word()),
                parting.difference().fields(),
                parting.until());
    }
}
