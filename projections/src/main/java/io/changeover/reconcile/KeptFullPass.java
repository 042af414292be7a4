package io.changeover.reconcile;

import io.changeover.comparison.Comparison;
import io.changeover.comparison.Comparisons;
import io.changeover.comparison.StoredDifference;
import io.changeover.parity.DifferingRow;
import io.changeover.parity.ExactJson;
import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityReport;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares all rows by a comparison that is kept, so that it goes on where it was after a crash, and what it finds can be
 * listed and exported as that of any other.
 */
final class KeptFullPass implements FullPass {

    private static final String ACTOR = "reconciliation";
    private static final int PAGE = 1_000;
    private static final long LOOK_MILLIS = 50;

    private final Comparisons comparisons;

    KeptFullPass(Comparisons comparisons) {
        this.comparisons = comparisons;
    }

    @Override
    public ParityReport run(VersionId left, VersionId right, Consumer<DifferingRow> found, Runnable alive) {
        Comparison comparison = ended(own(left, right, alive), alive);
        ParityProgress progress = comparison.progress();
        String obstacle =
                switch (comparison.state()) {
                    case DONE -> progress == null ? null : progress.incomparable();
                    case CANCELLED -> "somebody has cancelled comparison " + comparison.id();
                    default -> Objects.requireNonNullElse(comparison.failure(), "it failed");
                };
        if (obstacle != null) {
            throw new IllegalStateException("Not all rows could be compared: " + obstacle);
        }
        List<StoredDifference> page = comparisons.differences(comparison.id(), 0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(difference -> found.accept(row(difference)));
            alive.run();
            page = comparisons.differences(
                    comparison.id(), page.get(page.size() - 1).number(), PAGE);
        }
        return Objects.requireNonNull(comparison.report());
    }

    /**
     * One that was begun here, now or before a crash: after the position from which the looks go on. One that somebody else
     * has begun may have passed rows before they had reached it.
     */
    private UUID own(VersionId left, VersionId right, Runnable alive) {
        while (true) {
            UUID id = comparisons.start(left, right, ACTOR, "all rows, by plan");
            boolean mine = comparisons
                    .find(id)
                    .filter(each -> each.actor().equals(ACTOR))
                    .isPresent();
            if (mine) {
                return id;
            }
            ended(id, alive);
        }
    }

    private Comparison ended(UUID id, Runnable alive) {
        try {
            while (true) {
                Comparison comparison = comparisons
                        .find(id)
                        .orElseThrow(() -> new IllegalStateException("Comparison " + id + " was removed"));
                if (comparison.state() != Comparison.State.RUNNING) {
                    return comparison;
                }
                alive.run();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The wait for comparison " + id + " was interrupted", e);
        } catch (RunEndedException e) {
            throw e; // whoever has the pair next goes on with it
        } catch (RuntimeException e) {
            // The looks go on without it, and must not meet it again later.
            comparisons.cancel(id, "the pass that began it has failed: " + e.getMessage());
            throw e;
        }
    }

    private static DifferingRow row(StoredDifference difference) {
        return new DifferingRow(
                difference.kind(),
                difference.home(),
                difference.key(),
                difference.fields(),
                record(difference.left()),
                record(difference.right()));
    }

    private static @Nullable Map<String, @Nullable Object> record(@Nullable JsonNode record) {
        return record == null ? null : ExactJson.record(record);
    }
}
