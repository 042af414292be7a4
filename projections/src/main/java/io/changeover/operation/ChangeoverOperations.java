package io.changeover.operation;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.changeover.ChangeoverCommand;
import io.changeover.changeover.ChangeoverCommand.Abort;
import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.RecordParity;
import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.changeover.ChangeoverCommand.Shift;
import io.changeover.changeover.ChangeoverCommand.StartBackfill;
import io.changeover.changeover.ChangeoverRefusedException;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Evidence;
import io.changeover.changeover.ParityFigures;
import io.changeover.changeover.Phase;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityReport;
import io.changeover.projection.ParkedEvent;
import io.changeover.projection.Projections;
import io.changeover.projection.RetryOutcome;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.serving.RouteFollower;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * The verbs on this node: gathers what the rules need to know, asks the aggregate, and makes the node follow what it
 * decided before it answers.
 */
public final class ChangeoverOperations implements Operations {

    private static final int MAX_LETTERS = 1_000;

    private final Versions versions;
    private final CommandGateway commands;
    private final Router router;
    private final RouteFollower follower;
    private final Projections projections;
    private final Backfills backfills;
    private final ParityCheck parity;
    private final VersionStates states;
    private final OrderedStream stream;
    private final OperationLimits limits;
    private final Clock clock;
    private final FoldFingerprints fingerprints;

    /** The verbs over the parts of one node. */
    public ChangeoverOperations(
            Versions versions,
            CommandGateway commands,
            Router router,
            RouteFollower follower,
            Projections projections,
            Backfills backfills,
            ParityCheck parity,
            VersionStates states,
            OrderedStream stream,
            OperationLimits limits,
            Clock clock,
            FoldFingerprints fingerprints) {
        this.versions = versions;
        this.commands = commands;
        this.router = router;
        this.follower = follower;
        this.projections = projections;
        this.backfills = backfills;
        this.parity = parity;
        this.states = states;
        this.stream = stream;
        this.limits = limits;
        this.clock = clock;
        this.fingerprints = fingerprints;
    }

    @Override
    public List<ViewStatus> views() {
        return versions.views().stream().map(this::view).toList();
    }

    @Override
    public ViewStatus view(String view) {
        versions.requireView(view);
        ChangeoverState state = router.state(view).orElse(null);
        Attempt open = state == null ? null : state.open();
        long head = stream.head();
        return new ViewStatus(
                view,
                state == null ? null : state.serving(),
                open == null ? null : status(view, open),
                versions.of(view).stream().map(version -> status(version, head)).toList());
    }

    @Override
    public ChangeoverStatus declare(String view, int to, Request request) {
        versions.requireView(view);
        VersionId target = new VersionId(view, to);
        if (versions.get(target) instanceof ForeignVersion) {
            throw new OperationRefusedException(
                    "foreign-version",
                    "Version '%s' is maintained by somebody else and cannot take over reads; declare a changeover to a version that is built here"
                            .formatted(target));
        }
        send(new Declare(view, UUID.randomUUID().toString(), to, request.actor(), request.reason()));
        return changeover(view);
    }

    @Override
    public ChangeoverStatus changeover(String view) {
        versions.requireView(view);
        ChangeoverState state = router.state(view).orElse(null);
        if (state == null || state.latest() == null) {
            throw new OperationRefusedException(
                    "no-changeover", "View '%s' has never been in a changeover; declare one first".formatted(view));
        }
        return status(view, state.latest());
    }

    @Override
    public ChangeoverStatus startBackfill(String view, Request request) {
        versions.requireView(view);
        send(new StartBackfill(view, request.actor(), request.reason()));
        Attempt open = open(view);
        if (open.phase() == Phase.BACKFILLING) {
            bringToLife(view, open);
        }
        return changeover(view);
    }

    /** Builds the new version of the changeover, and tells the aggregate when it is live. */
    void bringToLife(String view, Attempt open) {
        var unused = backfills
                .start(new VersionId(view, open.to()))
                .thenAccept(position -> send(new ChangeoverCommand.CompleteBackfill(view, open.id(), position)));
    }

    @Override
    public ParityReport compare(VersionId left, VersionId right) {
        requireBuilt(left);
        requireBuilt(right);
        return parity.run(left, right);
    }

    @Override
    public ParityReport verify(String view, Request request) {
        versions.requireView(view);
        Attempt open = open(view);
        ParityReport report = compare(new VersionId(view, open.from()), new VersionId(view, open.to()));
        ParityFigures figures = new ParityFigures(
                report.verdict().name(),
                report.leftPosition(),
                report.rightPosition(),
                report.rowsCompared(),
                report.inFlight(),
                report.different() + report.missing() + report.extra());
        send(new RecordParity(view, figures, request.actor(), request.reason()));
        return report;
    }

    @Override
    public ChangeoverStatus shift(String view, int percent, Request request) {
        versions.requireView(view);
        send(new Shift(view, percent, evidence(view), request.actor(), request.reason()));
        return changeover(view);
    }

    @Override
    public ChangeoverStatus rollBack(String view, Request request) {
        versions.requireView(view);
        send(new RollBack(view, request.actor(), request.reason()));
        return changeover(view);
    }

    @Override
    public ChangeoverStatus complete(String view, Request request) {
        versions.requireView(view);
        send(new Complete(view, request.actor(), request.reason()));
        return changeover(view);
    }

    @Override
    public ChangeoverStatus abort(String view, Request request) {
        versions.requireView(view);
        VersionId abandoned = new VersionId(view, open(view).to());
        send(new Abort(view, request.actor(), request.reason()));
        backfills.cancel(abandoned);
        projections.stopLive(abandoned);
        return changeover(view);
    }

    @Override
    public List<DeadLetter> deadLetters(VersionId version) {
        return projections.deadLetters(version, MAX_LETTERS).stream()
                .map(parked -> letter(version, parked))
                .toList();
    }

    private static DeadLetter letter(VersionId version, ParkedEvent parked) {
        return new DeadLetter(
                version.toString(),
                parked.home(),
                parked.event().position(),
                parked.event().eventId(),
                parked.event().name(),
                Objects.requireNonNullElse(parked.event().revision(), ""),
                parked.cause(),
                parked.parkedAt(),
                parked.attempts());
    }

    @Override
    public RetryResult retry(VersionId version, String home) {
        RetryOutcome outcome = projections
                .retry(version, home)
                .orElseThrow(() -> new OperationRefusedException(
                        "nothing-parked",
                        "Home '%s' of '%s' has no dead letters, and only parked events can be retried; list the dead letters to see which homes wait"
                                .formatted(home, version)));
        return new RetryResult(version.toString(), home, outcome.applied(), outcome.stillParked(), outcome.failure());
    }

    private void requireBuilt(VersionId id) {
        if (!(versions.get(id) instanceof ForeignVersion) && states.find(id).isEmpty()) {
            throw new OperationRefusedException(
                    "not-built",
                    "Version '%s' has not been built, and only built versions can be compared; declare a changeover to it and run its backfill first"
                            .formatted(id));
        }
    }

    private Evidence evidence(String view) {
        ChangeoverState state = router.state(view).orElse(null);
        Attempt open = state == null ? null : state.open();
        if (open == null) {
            return new Evidence(false, false, 0, 0, limits.maxLag(), 0, 0, 0);
        }
        VersionId from = new VersionId(view, open.from());
        VersionId to = new VersionId(view, open.to());
        long head = stream.head();
        Instant parityAt = open.parityAt();
        return new Evidence(
                projections.isLive(from),
                projections.isLive(to),
                lag(from, head),
                lag(to, head),
                limits.maxLag(),
                projections.deadLetterCount(to),
                parityAt == null
                        ? 0
                        : Duration.between(parityAt, clock.instant()).toSeconds(),
                limits.maxParityAge().toSeconds());
    }

    private long lag(VersionId version, long head) {
        return Math.max(0, head - projections.positions(version).low());
    }

    private Attempt open(String view) {
        return router.state(view)
                .map(ChangeoverState::open)
                .orElseThrow(() -> new OperationRefusedException(
                        "no-changeover-open", "View '%s' is in no changeover; declare one first".formatted(view)));
    }

    private void send(ChangeoverCommand command) {
        try {
            commands.sendAndWait(command);
        } catch (ChangeoverRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        } catch (ConcurrencyException e) {
            throw new OperationRefusedException(
                    "changed-meanwhile",
                    "View '%s' was changed by another node at the same moment, and one change at a time counts; look at its status and ask again"
                            .formatted(command.view()));
        }
        follower.refresh(command.view());
    }

    private VersionStatus status(VersionDefinition version, long head) {
        VersionId id = version.id();
        if (version instanceof ForeignVersion) {
            return new VersionStatus(id.toString(), "foreign", 0, 0, 0, 0, null);
        }
        VersionState state = states.find(id).orElse(null);
        if (state == null) {
            return new VersionStatus(id.toString(), "absent", 0, head, 0, 0, null);
        }
        long position = projections.positions(id).low();
        return new VersionStatus(
                id.toString(),
                projections.failure(id).isPresent()
                        ? "stuck"
                        : state.stage().name().toLowerCase(Locale.ROOT),
                position,
                Math.max(0, head - position),
                projections.rows(id),
                projections.deadLetterCount(id),
                backfill(id, state),
                fingerprints.changes((FoldedVersion) version).stale());
    }

    private ChangeoverStatus status(String view, Attempt attempt) {
        VersionId to = new VersionId(view, attempt.to());
        ParityFigures figures = attempt.parity();
        return new ChangeoverStatus(
                attempt.id(),
                view,
                attempt.from(),
                attempt.to(),
                attempt.phase().text(),
                attempt.percent(),
                figures == null
                        ? null
                        : figures.verdict().toLowerCase(Locale.ROOT).replace('_', '-'),
                states.find(to).map(state -> backfill(to, state)).orElse(null),
                follower.acknowledgedBy(view),
                attempt.since(),
                next(attempt));
    }

    private @Nullable BackfillStatus backfill(VersionId id, VersionState state) {
        BackfillProgress progress = backfills.progress(id).orElse(null);
        if (progress == null) {
            // Another node runs it, or it was over before this node started.
            String text =
                    switch (state.stage()) {
                        case LIVE -> "done";
                        case FAILED -> "failed";
                        case BACKFILLING -> "running";
                    };
            long position = Math.min(projections.positions(id).low(), state.horizon());
            return new BackfillStatus(text, position, state.horizon(), 0, 0, Duration.ZERO, null, failure(id, state));
        }
        return new BackfillStatus(
                progress.state().name().toLowerCase(Locale.ROOT),
                progress.position(),
                progress.horizon(),
                progress.events(),
                progress.eventsPerSecond(),
                progress.elapsed(),
                progress.eta(),
                progress.failure() == null ? failure(id, state) : progress.failure());
    }

    private @Nullable String failure(VersionId id, VersionState state) {
        return projections.failure(id).orElse(state.failure());
    }

    private static List<String> next(Attempt attempt) {
        return switch (attempt.phase()) {
            case DECLARED -> List.of("backfill", "abort");
            case BACKFILLING -> List.of("abort");
            case LIVE -> List.of("verify", "abort");
            case VERIFIED, ROLLED_BACK -> List.of("verify", "shift", "abort");
            case SHIFTING -> List.of("verify", "shift", "rollback");
            case SERVING -> List.of("verify", "rollback", "complete");
            case COMPLETED, ABORTED -> List.of("declare");
        };
    }
}
