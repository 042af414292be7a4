package io.changeover.gate;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.fallback.FallbackBudget;
import io.changeover.fallback.FallbackReport;
import io.changeover.fallback.Fallbacks;
import io.changeover.projection.Projections;
import io.changeover.serving.Nodes;
import io.changeover.shadow.ShadowReads;
import io.changeover.shadow.ShadowReport;
import io.changeover.stream.OrderedStream;
import io.changeover.view.VersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** The gates that every plan asks, over what the application measures of itself. */
public final class BuiltInGates {

    /** Their names, in the order in which they are asked. */
    public static final List<String> NAMES = List.of(
            LagGate.NAME,
            ParityGate.NAME,
            DeadLettersGate.NAME,
            ShareGate.SHADOW_DIFFERENCES,
            ShareGate.ERRORS,
            LatencyGate.NAME,
            ErrorBudgetGate.NAME,
            NodesGate.NAME,
            QuietGate.NAME);

    private BuiltInGates() {}

    /**
     * The gates of one node.
     *
     * @param shadows null where no shadow reads are made on this node, or not by this library
     * @param fallbacks null where readers are guarded by something else, or not at all
     * @param jdbc statements on the data source in which counts are kept
     */
    public static List<Gate> of(
            Projections projections,
            OrderedStream stream,
            Nodes nodes,
            @Nullable ShadowReads shadows,
            @Nullable Fallbacks fallbacks,
            JdbcOperations jdbc) {
        Baselines baselines = new KeptBaselines(jdbc);
        return List.of(
                new LagGate(version -> standing(version, projections, stream)),
                new ParityGate(),
                new DeadLettersGate(projections::deadLetterCount),
                ShareGate.shadowDifferences(new StepCounts(
                        ShareGate.SHADOW_DIFFERENCES, question -> differences(question, shadows), baselines)),
                ShareGate.errors(new StepCounts(ShareGate.ERRORS, question -> errors(question, fallbacks), baselines)),
                new LatencyGate(question -> shadows == null
                        ? null
                        : shadows.latencySince(
                                question.view(),
                                step(question.attempt()),
                                question.attempt().from(),
                                question.attempt().to())),
                new ErrorBudgetGate(question -> budget(question, fallbacks), baselines),
                new NodesGate(nodes::acknowledgedBy, nodes::awaited),
                new QuietGate());
    }

    private static LagGate.Standing standing(VersionId version, Projections projections, OrderedStream stream) {
        return new LagGate.Standing(
                projections.isLive(version),
                Math.max(0, stream.head() - projections.positions(version).low()));
    }

    private static String step(Attempt attempt) {
        return attempt.id() + " " + attempt.course().phaseSince();
    }

    private static @Nullable Counted differences(GateQuestion question, @Nullable ShadowReads shadows) {
        ShadowReport report = shadows == null ? null : shadows.report(question.view(), 0);
        return report == null || !question.attempt().id().equals(report.changeover())
                ? null
                : new Counted(report.same() + report.different(), report.different());
    }

    private static @Nullable Counted errors(GateQuestion question, @Nullable Fallbacks fallbacks) {
        FallbackBudget budget = budget(question, fallbacks);
        return budget == null ? null : new Counted(budget.calls(), budget.spent());
    }

    private static @Nullable FallbackBudget budget(GateQuestion question, @Nullable Fallbacks fallbacks) {
        return fallbacks == null
                ? null
                : fallbacks
                        .report(question.view())
                        .filter(report ->
                                report.changeover().equals(question.attempt().id()))
                        .map(FallbackReport::budget)
                        .orElse(null);
    }
}
