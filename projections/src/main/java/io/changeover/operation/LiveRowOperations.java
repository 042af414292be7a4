package io.changeover.operation;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.explain.Explanation;
import io.changeover.explain.ExplanationRefusedException;
import io.changeover.explain.Explanations;
import io.changeover.rebuild.RebuildRefusedException;
import io.changeover.repair.RepairReport;
import io.changeover.repair.RepairRequest;
import io.changeover.repair.RepairTarget;
import io.changeover.repair.RepairedHome;
import io.changeover.repair.Repairs;
import io.changeover.selfcheck.SelfCheck;
import io.changeover.selfcheck.SelfCheckOptions;
import io.changeover.selfcheck.SelfCheckReport;
import io.changeover.serving.Router;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verbs about single rows on this node. Safe for use by several threads. */
public final class LiveRowOperations implements RowOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRowOperations.class);

    private final Versions versions;
    private final Router router;
    private final Explanations explanations;
    private final SelfCheck selfChecks;
    private final Repairs repairs;
    private final Consumer<VersionId> mended;
    private final Clock clock;

    /**
     * The verbs over the node's explanations, self-checks and repairs.
     *
     * @param mended told of a version whose dead letters a repair may have removed
     */
    public LiveRowOperations(
            Versions versions,
            Router router,
            Explanations explanations,
            SelfCheck selfChecks,
            Repairs repairs,
            Consumer<VersionId> mended,
            Clock clock) {
        this.versions = versions;
        this.router = router;
        this.explanations = explanations;
        this.selfChecks = selfChecks;
        this.repairs = repairs;
        this.mended = mended;
        this.clock = clock;
    }

    @Override
    public Explanation explain(String view, List<String> key, @Nullable Integer left, @Nullable Integer right) {
        return explain(view, left, right, (from, to) -> explanations.explain(from, to, key));
    }

    @Override
    public Explanation explainUnmasked(String view, List<String> key, @Nullable Integer left, @Nullable Integer right) {
        return explain(view, left, right, (from, to) -> explanations.explainUnmasked(from, to, key));
    }

    private Explanation explain(
            String view,
            @Nullable Integer left,
            @Nullable Integer right,
            BiFunction<VersionId, VersionId, Explanation> explaining) {
        versions.requireView(view);
        VersionId one;
        VersionId other;
        if (left != null && right != null) {
            one = new VersionId(view, left);
            other = new VersionId(view, right);
        } else {
            List<VersionId> usual = usual(view);
            other = right != null ? new VersionId(view, right) : other(usual, left);
            one = left != null ? new VersionId(view, left) : other(usual, right);
            if (left == null && right == null) {
                one = usual.get(0);
                other = usual.get(usual.size() - 1);
            }
        }
        VersionId from = one;
        VersionId to = other;
        return refusing(() -> explaining.apply(from, to));
    }

    /** The versions of the open changeover, or else the two highest of those that are there, or the only one. */
    private List<VersionId> usual(String view) {
        Attempt open = router.state(view).map(ChangeoverState::open).orElse(null);
        List<VersionId> there = versions.of(view).stream()
                .map(VersionDefinition::id)
                .filter(explanations::isThere)
                .toList();
        if (open != null) {
            List<VersionId> both = List.of(new VersionId(view, open.from()), new VersionId(view, open.to()));
            if (there.containsAll(both)) {
                return both;
            }
        }
        if (there.isEmpty()) {
            throw new OperationRefusedException(
                    "not-built",
                    "No version of '%s' has been built, so it has no rows to explain; declare a changeover and run its backfill"
                            .formatted(view));
        }
        return there.subList(Math.max(0, there.size() - 2), there.size());
    }

    /** The one of the usual versions that is not the one that was named; where both are not, the last. */
    private static VersionId other(List<VersionId> usual, @Nullable Integer named) {
        VersionId last = usual.get(usual.size() - 1);
        return named != null && last.version() == named ? usual.get(0) : last;
    }

    @Override
    public SelfCheckReport selfCheck(VersionId version, int homes, boolean all, @Nullable Long seed) {
        SelfCheckOptions options = all
                ? SelfCheckOptions.everything()
                : SelfCheckOptions.drawn(homes, seed == null ? clock.millis() : seed);
        return refusing(() -> selfChecks.run(version, options));
    }

    @Override
    public RepairReport repair(VersionId version, RepairTarget target, boolean dryRun, Request request) {
        LOG.info(
                "{} asks for a {}repair of {} ({}): {}",
                request.actor(),
                dryRun ? "dry " : "",
                version,
                target,
                request.reason().isEmpty() ? "no reason given" : request.reason());
        RepairReport report = refusing(() -> repairs.run(
                version, target, dryRun, new RepairRequest(UUID.randomUUID(), request.actor(), request.reason())));
        if (!dryRun) {
            mended.accept(version);
        }
        return report;
    }

    @Override
    public List<RepairedHome> repairs(String view) {
        return repairs.of(view);
    }

    private static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (ExplanationRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        } catch (RebuildRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
    }
}
