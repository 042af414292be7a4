package io.changeover.app.console;

import io.changeover.app.security.ApprovalRoles;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DisposalStatus;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.RouteStatus;
import io.changeover.parity.ParityReport;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanReader;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Hands what a form asks to the verb that it is. */
@Component
class Actions {

    private final Operations operations;
    private final PlanOperations plans;
    private final RouteOperations routes;
    private final CompletionOperations completion;

    Actions(Operations operations, PlanOperations plans, RouteOperations routes, CompletionOperations completion) {
        this.operations = operations;
        this.plans = plans;
        this.routes = routes;
        this.completion = completion;
    }

    /** Asks it; answers in a sentence what has come of it. */
    String carryOut(Ask ask, Request request) {
        String view = ask.view();
        return switch (ask.verb()) {
            case DECLARE -> stands(declare(ask, request));
            case PLAN -> stands(plans.adopt(view, PlanReader.read(ask.plan()), request));
            case BACKFILL -> stands(operations.startBackfill(view, request));
            case VERIFY -> verified(operations.verify(view, request));
            case SHIFT -> stands(operations.shift(view, ask.percentage(), request));
            case STEP -> stands(plans.step(view, request));
            case APPROVE -> stands(plans.approve(view, ask.percentage(), ApprovalRoles.ofCaller(), request));
            case PAUSE -> stands(plans.pause(view, request));
            case RESUME -> stands(plans.resume(view, request));
            case ROLLBACK -> stands(operations.rollBack(view, request));
            case PIN -> routed(routes.pin(view, ask.pin(), ask.versionNumber(), request));
            case UNPIN -> routed(routes.unpin(view, ask.pin(), request));
            case COMPLETE -> stands(operations.complete(view, request));
            case ABORT -> stands(operations.abort(view, request));
            case REOPEN -> stands(completion.reopen(view, request));
            case PURGE -> ends(completion.purge(ask.versionId(), request));
            case RESTORE -> restored(completion.restore(ask.versionId(), request));
            case DROP -> ends(completion.drop(ask.versionId(), request));
        };
    }

    private ChangeoverStatus declare(Ask ask, Request request) {
        if (ask.plan().isBlank()) {
            return operations.declare(ask.view(), ask.versionNumber(), request);
        }
        Plan plan = PlanReader.read(ask.plan());
        Integer to = plan.to();
        return plans.declare(
                ask.view(), ask.version().isEmpty() && to != null ? to : ask.versionNumber(), plan, request);
    }

    private static String stands(ChangeoverStatus status) {
        return "The changeover of %s from version %d to %d is %s, at %d %%%s."
                .formatted(
                        status.view(),
                        status.from(),
                        status.to(),
                        status.phase(),
                        status.percent(),
                        status.halted() == null ? "" : ", " + status.halted());
    }

    private static String verified(ParityReport report) {
        return String.format(
                Locale.ROOT,
                "The comparison says %s: %,d rows compared, %,d differ, %,d in flight.",
                report.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                report.rowsCompared(),
                report.different() + report.missing() + report.extra(),
                report.inFlight());
    }

    private static String routed(RouteStatus route) {
        return "On this node: %s.".formatted(route.why());
    }

    private static String restored(DisposalStatus disposal) {
        return "Version %s is %s again%s.".formatted(disposal.version(), disposal.stage(), unfinished(disposal));
    }

    private static String ends(DisposalStatus disposal) {
        return "Version %s is %s%s.".formatted(disposal.version(), disposal.stage(), unfinished(disposal));
    }

    private static String unfinished(DisposalStatus disposal) {
        return disposal.unfinished() == null
                ? ""
                : ", which is not carried out yet: %s; nodes go on with it by themselves"
                        .formatted(disposal.unfinished());
    }
}
