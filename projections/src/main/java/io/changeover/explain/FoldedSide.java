package io.changeover.explain;

import io.changeover.projection.HomeTrace;
import io.changeover.projection.HomeTrace.TouchedRow;
import io.changeover.projection.HomeTrace.Traced;
import io.changeover.projection.ReadEvent;
import io.changeover.projection.StoredRow;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import io.changeover.view.RowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows one row through the events of its home in one version. */
final class FoldedSide {

    /**
     * The row after an event.
     *
     * @param effect what the event did
     * @param row the row, or null where there is none
     * @param record its canonical record, or null where there is none or it cannot be made
     * @param changed components of the row that the event has changed
     * @param failure why the fold or the canonical form fails, or null
     */
    record Step(
            Effect effect,
            @Nullable StoredRow row,
            @Nullable Object record,
            List<String> changed,
            @Nullable String failure) {}

    private final FoldedVersion version;
    private final HomeTrace trace;
    private final RowName name;
    private final long reached;
    private @Nullable String failure;
    private @Nullable RowKey key;
    private @Nullable StoredRow row;
    private @Nullable Object record;
    private @Nullable String canonicalFailure;

    /** @param reached position up to which the version has applied the events of the home */
    FoldedSide(FoldedVersion version, HomeTrace trace, RowName name, long reached) {
        this.version = version;
        this.trace = trace;
        this.name = name;
        this.reached = reached;
    }

    long reached() {
        return reached;
    }

    @Nullable
    StoredRow row() {
        return row;
    }

    @Nullable
    Object record() {
        return record;
    }

    /** Why the first event of the home that failed did, or null where none has. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Folds the next event, unless the version has not come to it yet. */
    Step fold(ReadEvent event) {
        if (event.stored().position() > reached) {
            return step(Effect.AHEAD, List.of());
        }
        Traced traced = trace.fold(event).orElse(null);
        if (traced == null) {
            return step(Effect.IGNORED, List.of());
        }
        if (traced.failure() != null) {
            Effect effect = failure == null ? Effect.FAILED : Effect.WAITS;
            failure = failure == null ? traced.failure() : failure;
            return new Step(effect, row, record, List.of(), traced.failure());
        }
        for (TouchedRow touched : traced.rows()) {
            if (isMine(touched)) {
                return follow(touched);
            }
        }
        return step(Effect.IGNORED, List.of());
    }

    private Step step(Effect effect, List<String> changed) {
        return new Step(effect, row, record, changed, canonicalFailure);
    }

    private boolean isMine(TouchedRow touched) {
        RowKey known = key;
        if (known != null && known.equals(touched.key())) {
            return true;
        }
        StoredRow after = touched.row();
        return after == null
                ? touched.key().texts().equals(name.key())
                : name.isKeyOf(version.canonical(), version.rows(), after.row());
    }

    private Step follow(TouchedRow touched) {
        StoredRow before = row;
        StoredRow after = touched.row();
        key = touched.key();
        row = after;
        record = null;
        canonicalFailure = null;
        if (after != null) {
            try {
                record = version.canonical().of(after.row());
            } catch (IllegalStateException e) {
                canonicalFailure = sayWithoutRow(e);
            }
        }
        if (after == null) {
            return step(before == null ? Effect.UNCHANGED : Effect.DELETED, List.of());
        }
        if (before == null) {
            return step(Effect.CREATED, List.of());
        }
        List<String> changed = changed(before.row(), after.row());
        return step(changed.isEmpty() ? Effect.UNCHANGED : Effect.CHANGED, changed);
    }

    /** What the form says about itself may hold the row, and so what nobody is to see. */
    static String sayWithoutRow(IllegalStateException e) {
        return e.getCause() == null
                ? "the @Canonical method returned null for this row"
                : "the @Canonical method threw " + e.getCause().getClass().getName();
    }

    private List<String> changed(Object before, Object after) {
        RowShape shape = version.rows();
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < shape.columns().size(); i++) {
            if (!Objects.deepEquals(shape.value(before, i), shape.value(after, i))) {
                changed.add(shape.columns().get(i).component());
            }
        }
        return changed;
    }

    /** The components in which a stored row is not what the folds have made, and the columns of provenance. */
    List<String> differing(StoredRow stored, StoredRow folded) {
        return trace.differing(stored, folded);
    }
}
