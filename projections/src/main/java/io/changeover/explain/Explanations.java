package io.changeover.explain;

import io.changeover.catalog.EventDomains;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.parity.Masks;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.ReadEvent;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Explains single rows: folds the events of a row's home once more in memory, in two versions side by side. Reads all
 * history of the events that these fold, once; locks nothing and writes nothing. Safe for use by several threads.
 */
public final class Explanations {

    private final Versions versions;
    private final Projections projections;
    private final ProjectionStore store;
    private final HistoryPages history;
    private final EventReader reader;
    private final FoldFingerprints fingerprints;
    private final LongSupplier secret;
    private final AppliedSteps steps;
    private final PayloadMasks payloads;
    private final ExplainOptions options;

    /**
     * Explanations of the rows of the given versions.
     *
     * @param secret what masks are made with, as {@link io.changeover.stream.StoreSecret} has it
     */
    public Explanations(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            HistoryPages history,
            EventReader reader,
            EventDomains domains,
            EventTypes types,
            EventSteps eventSteps,
            FoldFingerprints fingerprints,
            LongSupplier secret,
            ExplainOptions options) {
        this.versions = versions;
        this.projections = projections;
        this.store = store;
        this.history = history;
        this.reader = reader;
        this.fingerprints = fingerprints;
        this.secret = secret;
        this.steps = new AppliedSteps(eventSteps, types);
        this.payloads = new PayloadMasks(domains, types, eventSteps);
        this.options = options;
    }

    /** Whether there is something to explain of the version: it was begun here, or somebody else maintains it. */
    public boolean isThere(VersionId id) {
        return versions.get(id) instanceof ForeignVersion
                || !projections.positions(id).bySegment().isEmpty();
    }

    /**
     * Explains a row.
     *
     * @param left one version
     * @param right another of the same view, or the same one where only that is of interest
     * @param key the row's key: one text for each component of the canonical record's key, or a single one with slashes
     *     between them
     * @throws ExplanationRefusedException when there is no such key, or a version is not built
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     */
    public Explanation explain(VersionId left, VersionId right, List<String> key) {
        return explain(left, right, key, new Masks(secret.getAsLong()));
    }

    /** As {@link #explain}, with sensitive values as they are. The caller answers for who sees them. */
    public Explanation explainUnmasked(VersionId left, VersionId right, List<String> key) {
        return explain(left, right, key, Masks.NONE);
    }

    private Explanation explain(VersionId left, VersionId right, List<String> key, Masks masks) {
        VersionDefinition one = versions.get(left);
        VersionDefinition other = versions.get(right);
        if (!left.view().equals(right.view())) {
            throw new ExplanationRefusedException(
                    "two-views",
                    "'%s' and '%s' must be versions of one view to be held against each other; name two such"
                            .formatted(left, right));
        }
        RowName name = RowName.of(left.view(), one.canonical().shape(), key);
        requireThere(left);
        requireThere(right);
        StoredSide[] stored = new StoredSide[2];
        snapshots().executeWithoutResult(transaction -> {
            stored[0] = StoredSide.read(one, name, projections, store);
            stored[1] = one == other ? stored[0] : StoredSide.read(other, name, projections, store);
        });
        FoldedSide foldedLeft = folded(stored[0], name);
        FoldedSide foldedRight = one == other ? foldedLeft : folded(stored[1], name);
        Story story = new Story(options.maxEvents(), foldedLeft == null || foldedRight == null);
        fold(new Pass(stored[0], stored[1], foldedLeft, foldedRight, name, story));
        if (story.total() == 0 && stored[0].bare() == null && stored[1].bare() == null) {
            throw new ExplanationRefusedException(
                    "unknown-key",
                    "There is no row and no event of key '%s' in %s; write the key as a comparison shows it"
                            .formatted(name, one == other ? "'" + left + "'" : "'%s' or '%s'".formatted(left, right)));
        }
        Shown shown = new Shown(
                masks, List.of(one.rows(), other.rows(), one.canonical().shape()));
        return new Telling(reader, steps, payloads, shown, id -> fingerprints
                        .changes(versions.folded(id))
                        .stale())
                .tell(name, stored[0], stored[1], foldedLeft, foldedRight, story);
    }

    private void requireThere(VersionId id) {
        if (!isThere(id)) {
            throw new ExplanationRefusedException(
                    "not-built",
                    "Version '%s' has not been built, so it has no rows to explain; name another one, or declare a changeover to it and run its backfill"
                            .formatted(id));
        }
    }

    private @Nullable FoldedSide folded(StoredSide side, RowName name) {
        return side.version() instanceof FoldedVersion version
                ? new FoldedSide(
                        version,
                        projections.homeTrace(version.id(), name.home()),
                        name,
                        Objects.requireNonNull(side.position()))
                : null;
    }

    /** Everything that one reading of history needs. */
    private record Pass(
            StoredSide storedLeft,
            StoredSide storedRight,
            @Nullable FoldedSide left,
            @Nullable FoldedSide right,
            RowName name,
            Story story) {

        /** Position up to which both sides are to be compared. */
        long common() {
            return Stream.of(storedLeft, storedRight)
                    .map(StoredSide::position)
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        long end() {
            return LongStream.of(left == null ? 0 : left.reached(), right == null ? 0 : right.reached())
                    .max()
                    .orElse(0);
        }

        Difference difference() {
            return Difference.between(
                    storedLeft.version().canonical(),
                    left == null ? storedLeft.record() : left.record(),
                    right == null ? storedRight.record() : right.record());
        }
    }

    private void fold(Pass pass) {
        Set<String> names = new HashSet<>();
        for (StoredSide side : List.of(pass.storedLeft(), pass.storedRight())) {
            if (side.version() instanceof FoldedVersion version) {
                names.addAll(reader.storedNamesOf(version.eventNames()));
            }
        }
        if (names.isEmpty()) {
            return;
        }
        long common = pass.common();
        history.read(0, pass.end(), names, events -> events.forEach(event -> fold(event, pass, common)));
    }

    private void fold(StoredEvent stored, Pass pass, long common) {
        ReadEvent event = ReadEvent.of(stored, reader);
        FoldedSide.Step left = pass.left() == null ? null : pass.left().fold(event);
        FoldedSide.Step right = pass.right() == null
                ? null
                : pass.right() == pass.left() ? left : pass.right().fold(event);
        if (concerns(left) || concerns(right)) {
            pass.story().add(event, left, right, stored.position() <= common ? pass.difference() : null);
        }
    }

    private static boolean concerns(FoldedSide.@Nullable Step step) {
        return step != null && step.effect() != Effect.IGNORED && step.effect() != Effect.AHEAD;
    }

    private TransactionTemplate snapshots() {
        TransactionTemplate snapshots = new TransactionTemplate(
                Objects.requireNonNull(store.transactions().getTransactionManager()));
        snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshots.setReadOnly(true);
        return snapshots;
    }
}
