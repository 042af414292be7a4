package io.changeover.app;

import io.changeover.backfill.StageTimes;
import io.changeover.event.EventType;
import io.changeover.operation.BackfillStatus;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.DeadLetter;
import io.changeover.operation.DryRun;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.operation.RetryResult;
import io.changeover.operation.VersionStatus;
import io.changeover.operation.ViewStatus;
import io.changeover.parity.Difference;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import io.changeover.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One view with two versions, kept in memory, with the rules of a changeover and a fixed history of 1,000 events. */
public final class InMemoryOperations implements Operations {

    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static final long HORIZON = 1000;
    private static final int LOOKS_PER_BACKFILL = 3;

    @EventType(name = "order.placed", revision = 1)
    record OrderPlaced(String orderId) {}

    record Row(@Key String orderId) {}

    @View(name = "order-board", version = 1)
    static final class BoardV1 {
        @Fold
        Row on(OrderPlaced event) {
            return new Row(event.orderId());
        }

        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    @View(name = "order-board", version = 2)
    static final class BoardV2 {
        @Fold
        Row on(OrderPlaced event) {
            return new Row(event.orderId());
        }

        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    private final Versions versions =
            Versions.of(List.of(FoldedVersion.of(new BoardV1()), FoldedVersion.of(new BoardV2())));

    /** Every request in order, as {@code verb actor reason}. */
    public final List<String> requests = new ArrayList<>();

    /** What the next comparison finds. */
    public Verdict verdict = Verdict.EQUAL;

    /** The next call fails as nothing should. */
    public boolean broken;

    /** Name of the plan of the open changeover, or null. */
    public String plan;

    /** Why the changeover is halted, or null. */
    public String halted;

    private int serving = 1;
    private String phase = "";
    private int percent;
    private String parity = "";
    private int looks;

    /** Forgets everything that was asked. */
    public synchronized void reset() {
        requests.clear();
        verdict = Verdict.EQUAL;
        broken = false;
        plan = null;
        halted = null;
        serving = 1;
        phase = "";
        percent = 0;
        parity = "";
        looks = 0;
    }

    @Override
    public synchronized List<ViewStatus> views() {
        return List.of(view("order-board"));
    }

    @Override
    public synchronized ViewStatus view(String view) {
        if (broken) {
            throw new IllegalStateException("SELECT secret FROM table");
        }
        versions.requireView(view);
        return new ViewStatus(
                view,
                serving,
                isOpen() ? status() : null,
                List.of(
                        new VersionStatus("order-board@1", "live", 1000, 0, 326, 0, null),
                        new VersionStatus(
                                "order-board@2",
                                phase.equals("backfilling") ? "backfilling" : isBuilt() ? "live" : "absent",
                                isBuilt() ? 1000 : 0,
                                0,
                                326,
                                1,
                                null)));
    }

    @Override
    public synchronized ChangeoverStatus declare(String view, int to, Request request) {
        versions.get(new VersionId(view, to));
        if (isOpen()) {
            throw refuse(
                    "changeover-open",
                    "View 'order-board' has an open changeover to version 2; a view has one at a time; complete or abort it");
        }
        if (isDry("declare", request)) {
            return status();
        }
        note("declare", request);
        phase = "declared";
        percent = 0;
        parity = "";
        return status();
    }

    @Override
    public synchronized ChangeoverStatus changeover(String view) {
        versions.requireView(view);
        if (phase.isEmpty()) {
            throw refuse("no-changeover", "View 'order-board' has no changeover; declare one");
        }
        if (phase.equals("backfilling") && ++looks >= LOOKS_PER_BACKFILL) {
            phase = "catching-up";
        }
        return status();
    }

    @Override
    public synchronized ChangeoverStatus startBackfill(String view, Request request) {
        requireOpen(view);
        note("backfill", request);
        phase = "backfilling";
        looks = 0;
        return status();
    }

    @Override
    public synchronized List<ChangeoverStatus> startBackfills(List<String> views, Request request) {
        views.forEach(this::requireOpen);
        return views.stream().map(view -> startBackfill(view, request)).toList();
    }

    @Override
    public synchronized BackfillStatus pauseBackfill(VersionId version, Request request) {
        versions.get(version);
        note("pause", request);
        return backfill("paused");
    }

    @Override
    public synchronized BackfillStatus resumeBackfill(VersionId version, Request request) {
        versions.get(version);
        note("resume", request);
        return backfill("running");
    }

    @Override
    public synchronized BackfillStatus cancelBackfill(VersionId version, Request request) {
        versions.get(version);
        note("cancel", request);
        return backfill("cancelled");
    }

    @Override
    public synchronized ParityReport compare(VersionId left, VersionId right) {
        versions.get(left);
        versions.get(right);
        return report(left, right);
    }

    @Override
    public synchronized ParityReport verify(String view, Request request) {
        requireOpen(view);
        note("verify", request);
        parity = verdict.name();
        if (phase.equals("catching-up") && verdict == Verdict.EQUAL) {
            phase = "shadowing";
        }
        return report(new VersionId(view, 1), new VersionId(view, 2));
    }

    @Override
    public synchronized ChangeoverStatus shift(String view, int percent, Request request) {
        requireOpen(view);
        if (phase.equals("declared") || phase.equals("backfilling")) {
            throw refuse(
                    "shift-before-backfill",
                    "Version 'order-board@2' is not built yet; reads move only to a version that is live; start its backfill");
        }
        if (isDry("shift " + percent, request)) {
            return status();
        }
        note("shift " + percent, request);
        this.percent = percent;
        phase = percent == 100 ? "serving" : "shifting";
        return status();
    }

    @Override
    public synchronized ChangeoverStatus rollBack(String view, Request request) {
        requireOpen(view);
        if (isDry("rollback", request)) {
            return status();
        }
        note("rollback", request);
        percent = 0;
        phase = "rolled-back";
        return status();
    }

    @Override
    public synchronized ChangeoverStatus complete(String view, Request request) {
        requireOpen(view);
        if (percent != 100) {
            throw refuse(
                    "complete-before-100",
                    "View 'order-board' is at %d %%; only a changeover at 100 %% can be completed; shift to 100"
                            .formatted(percent));
        }
        if (isDry("complete", request)) {
            return status();
        }
        note("complete", request);
        serving = 2;
        phase = "completed";
        return status();
    }

    @Override
    public synchronized ChangeoverStatus abort(String view, Request request) {
        requireOpen(view);
        if (isDry("abort", request)) {
            return status();
        }
        note("abort", request);
        phase = "aborted";
        return status();
    }

    @Override
    public synchronized List<DeadLetter> deadLetters(VersionId version) {
        versions.get(version);
        return List.of(new DeadLetter(
                version.toString(), "10100", 17, "e-17", "order.placed", "1", "order has no lines", NOW, 1));
    }

    @Override
    public synchronized RetryResult retry(VersionId version, String home, Request request) {
        versions.get(version);
        return home.equals("10100")
                ? new RetryResult(version.toString(), home, 1, 0, null)
                : new RetryResult(version.toString(), home, 0, 2, "order has no lines");
    }

    private static boolean isDry(String verb, Request request) {
        DryRun run = request.dryRun();
        if (run != null) {
            run.would(verb, Map.of("actor", request.actor()));
        }
        return run != null;
    }

    private void note(String verb, Request request) {
        requests.add(
                "%s %s %s".formatted(verb, request.actor(), request.reason()).strip());
    }

    private void requireOpen(String view) {
        versions.requireView(view);
        if (!isOpen()) {
            throw refuse("no-changeover", "View '%s' has no open changeover; declare one".formatted(view));
        }
    }

    private boolean isOpen() {
        return !phase.isEmpty() && !phase.equals("completed") && !phase.equals("aborted");
    }

    private boolean isBuilt() {
        return isOpen() || serving == 2;
    }

    private static OperationRefusedException refuse(String rule, String message) {
        return new OperationRefusedException(rule, message);
    }

    private ParityReport report(VersionId left, VersionId right) {
        boolean different = verdict == Verdict.DIFFERENT;
        return new ParityReport(
                left.toString(),
                right.toString(),
                HORIZON,
                HORIZON,
                326,
                different ? 325 : 326,
                verdict == Verdict.NOT_COMPARABLE ? 3 : 0,
                2,
                0,
                0,
                0,
                different ? 1 : 0,
                different ? Map.of("status", 1L) : Map.of(),
                different ? List.of(new Difference("status", "10100", "SHIPPED", null)) : List.of(),
                "compared in the database",
                List.of(),
                1,
                Duration.ofMillis(100),
                NOW,
                Duration.ofMillis(120),
                verdict,
                switch (verdict) {
                    case EQUAL -> "326 rows are equal";
                    case DIFFERENT -> "1 of 326 rows differs";
                    case NOT_COMPARABLE -> "3 rows are in flight";
                });
    }

    private ChangeoverStatus status() {
        boolean running = phase.equals("backfilling");
        BackfillStatus backfill = phase.equals("declared") ? null : backfill(running ? "running" : "done");
        return new ChangeoverStatus(
                "c-1",
                "order-board",
                1,
                2,
                phase,
                percent,
                parity.isEmpty() ? null : parity,
                backfill,
                List.of("node-1"),
                List.of(),
                NOW,
                next(),
                plan,
                halted,
                null,
                parity.isEmpty() ? null : NOW);
    }

    private static BackfillStatus backfill(String state) {
        boolean running = state.equals("running");
        return new BackfillStatus(
                state,
                running ? 400 : HORIZON,
                HORIZON,
                HORIZON,
                running ? 400 : HORIZON,
                0,
                200,
                Duration.ofSeconds(2),
                running ? Duration.ofSeconds(3) : null,
                running ? "parse" : "",
                StageTimes.none(),
                326,
                1 << 20,
                0,
                1,
                null);
    }

    private List<String> next() {
        return switch (phase) {
            case "declared" -> List.of("backfill", "abort");
            case "catching-up" -> List.of("verify", "abort");
            case "serving" -> List.of("complete", "rollback");
            default -> List.of("shift", "rollback", "abort");
        };
    }
}
