package io.changeover.operation;

import io.changeover.backfill.Backfills;
import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverCommand;
import io.changeover.changeover.ChangeoverCommand.Abort;
import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.ConfirmRollback;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.ProveWayBack;
import io.changeover.changeover.ChangeoverCommand.RecordParity;
import io.changeover.changeover.ChangeoverCommand.RehearseFlip;
import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.changeover.ChangeoverCommand.Shift;
import io.changeover.changeover.ChangeoverCommand.StartBackfill;
import io.changeover.changeover.ChangeoverRefusedException;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Disposal;
import io.changeover.changeover.Evidence;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.Halt;
import io.changeover.changeover.ParityFigures;
import io.changeover.changeover.Phase;
import io.changeover.changeover.Retirement;
import io.changeover.changeover.StillReading;
import io.changeover.changeover.TriedChangeover;
import io.changeover.gate.Gates;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityReport;
import io.changeover.plan.Plan;
import io.changeover.projection.ParkedEvent;
import io.changeover.projection.Projections;
import io.changeover.projection.RetryOutcome;
import io.changeover.projection.VersionFigures;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.serving.Nodes;
import io.changeover.serving.Nodes.Acknowledged;
import io.changeover.serving.Readership;
import io.changeover.serving.ReadershipUnknownException;
import io.changeover.serving.RouteFollower;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.view.FoldedVersion;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventsourcing.eventstore.EventStore;
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
    private final Readership readership;
    private final Nodes nodes;
    private final Acknowledgements acknowledgements;
    private final Gates gates;
    private final EventStore events;

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
            FoldFingerprints fingerprints,
            Readership readership,
            Nodes nodes,
            Gates gates,
            EventStore events) {
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
        this.readership = readership;
        this.nodes = nodes;
        this.gates = gates;
        this.events = events;
        this.acknowledgements = new Acknowledgements(nodes, limits.acknowledgementWait());
    }

    @Override
    public List<ViewStatus> views() {
        List<String> open = versions.views().stream()
                .filter(view -> router.state(view).map(ChangeoverState::open).isPresent())
                .toList();
        long head = stream.head();
        Standing standing = Standing.read(versions, projections, states, fingerprints, nodes, open);
        return versions.views().stream().map(view -> view(view, head, standing)).toList();
    }

    @Override
    public ViewStatus view(String view) {
        versions.requireView(view);
        return view(view, stream.head(), asked());
    }

    private Standing asked() {
        return Standing.asked(projections, states, fingerprints, nodes);
    }

    private ViewStatus view(String view, long head, Standing standing) {
        ChangeoverState state = router.state(view).orElse(null);
        Attempt open = state == null ? null : state.open();
        return new ViewStatus(
                view,
                state == null ? null : state.serving(),
                open == null ? null : status(view, open, standing),
                versions.of(view).stream()
                        .map(version -> status(version, head, standing)
                                .retiring(retirement(version.id(), state))
                                .disposed(disposal(version.id(), state)))
                        .toList());
    }

    private @Nullable RetirementStatus retirement(VersionId version, @Nullable ChangeoverState state) {
        Retirement retirement = state == null ? null : state.retirements().get(version.version());
        return retirement == null ? null : RetirementStatus.of(version, retirement, clock.instant());
    }

    private static @Nullable String disposal(VersionId version, @Nullable ChangeoverState state) {
        Disposal disposal = state == null ? null : state.disposals().get(version.version());
        return disposal == null ? null : disposal.stage().text();
    }

    @Override
    public ChangeoverStatus declare(String view, int to, Request request) {
        return declare(view, to, null, request);
    }

    /** @param plan what it is carried out by, or null where a person takes each step */
    ChangeoverStatus declare(String view, int to, @Nullable Plan plan, Request request) {
        versions.requireView(view);
        VersionId target = new VersionId(view, to);
        if (versions.get(target) instanceof ForeignVersion) {
            throw new OperationRefusedException(
                    "foreign-version",
                    "Version '%s' is maintained by somebody else and cannot take over reads; declare a changeover to a version that is built here"
                            .formatted(target));
        }
        requireEndCarriedOut(target);
        send(new Declare(view, UUID.randomUUID().toString(), to, plan, request.actor(), request.reason()), request);
        return request.dryRun() == null ? changeover(view) : undeclared(view, to);
    }

    /** What is answered to a dry run, since the changeover is not there to be shown. */
    private ChangeoverStatus undeclared(String view, int to) {
        ChangeoverState state = router.state(view).orElseThrow();
        Attempt none = new Attempt("", state.serving(), to, Phase.DECLARED, 0, null, null, clock.instant());
        return status(view, none);
    }

    /** What a node is still taking away or bringing back must not be built upon. */
    private void requireEndCarriedOut(VersionId version) {
        Disposal disposal = router.state(version.view())
                .map(state -> state.disposals().get(version.version()))
                .orElse(null);
        if (disposal != null
                && disposal.stage() == Disposal.Stage.DROPPED
                && states.find(version).isPresent()) {
            throw new OperationRefusedException(
                    "end-not-carried-out",
                    "Version '%s' is dropped since %s, but what was built of it is not gone yet, and a new one begins from nothing; wait until it is, or see what changeover doctor says"
                            .formatted(version, disposal.since()));
        }
        if (disposal == null || disposal.stage() == Disposal.Stage.HELD) {
            requireNotPurged(version, "a changeover leads to a version that has its rows");
        }
    }

    private void requireNotPurged(VersionId version, String rule) {
        states.find(version)
                .filter(state -> state.stage() == VersionState.Stage.PURGED)
                .ifPresent(state -> {
                    throw new OperationRefusedException(
                            "purged",
                            "Version '%s' is purged, its rows lie under another name, and %s; restore it, and where it was restored already, wait until that is carried out"
                                    .formatted(version, rule));
                });
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
        return startBackfills(List.of(view), request).get(0);
    }

    @Override
    public List<ChangeoverStatus> startBackfills(List<String> views, Request request) {
        views.forEach(versions::requireView);
        views.forEach(this::open);
        Map<String, Attempt> building = new LinkedHashMap<>();
        for (String view : views) {
            send(new StartBackfill(view, request.actor(), request.reason()), request);
            Attempt open = open(view);
            if (open.phase() == Phase.BACKFILLING && request.dryRun() == null) {
                building.put(view, open);
            }
        }
        bringToLife(building);
        return views.stream().map(this::changeover).toList();
    }

    @Override
    public BackfillStatus pauseBackfill(VersionId version, Request request) {
        VersionState state = requireUnfinished(version, "paused");
        if (state.stage() == VersionState.Stage.PAUSED && !backfills.isUnderWay(version)) {
            return backfill(version, state);
        }
        if (request.dryRun() != null) {
            request.dryRun().would("pause backfill", Map.of("version", version.toString()));
            return backfill(version, state);
        }
        backfills.pause(version);
        return stopped(version);
    }

    @Override
    public BackfillStatus resumeBackfill(VersionId version, Request request) {
        VersionState state = requireUnfinished(version, "resumed");
        if (request.dryRun() != null) {
            request.dryRun()
                    .would(
                            "go on with backfill",
                            Map.of(
                                    "version",
                                    version.toString(),
                                    "from",
                                    projections.positions(version).low()));
            return backfill(version, state);
        }
        Attempt open = router.state(version.view())
                .map(ChangeoverState::open)
                .filter(attempt -> attempt.phase() == Phase.BACKFILLING && attempt.to() == version.version())
                .orElse(null);
        if (open != null) {
            bringToLife(Map.of(version.view(), open));
        } else {
            var unused = backfills.start(version); // whose failure the version's state tells
        }
        return backfill(version, states.find(version).orElseThrow());
    }

    @Override
    public BackfillStatus cancelBackfill(VersionId version, Request request) {
        VersionState state = requireUnfinished(version, "cancelled");
        if (projections.isHandled(version)) {
            throw new OperationRefusedException(
                    "handler-version",
                    "Version '%s' is built by a component into tables of its own, which only the component's team may empty, so it cannot be cancelled here; pause it instead"
                            .formatted(version));
        }
        if (request.dryRun() != null) {
            request.dryRun()
                    .would(
                            "cancel backfill and remove what it has built",
                            Map.of("version", version.toString(), "rows", projections.rows(version)));
            return backfill(version, state);
        }
        try {
            backfills.cancel(version);
        } catch (UnableToClaimTokenException e) {
            throw new OperationRefusedException(
                    "still-built",
                    "Version '%s' is cancelled, but node '%s' has not left it yet, so what was built is still there; cancel it again in a moment"
                            .formatted(version, projections.claimedBy(version).orElse("that had it")));
        }
        return stopped(version);
    }

    private BackfillStatus stopped(VersionId version) {
        backfills.awaitStop(version);
        return backfill(version, states.find(version).orElseThrow());
    }

    private VersionState requireUnfinished(VersionId version, String what) {
        versions.built(version);
        requireNotPurged(version, "it has no backfill that could be " + what);
        VersionState state = states.find(version).orElseThrow(() -> projections
                .claimedBy(version)
                .map(node -> new OperationRefusedException(
                        "beginning",
                        "Version '%s' is just being begun by node '%s', and can be %s once it has; ask again in a moment"
                                .formatted(version, node, what)))
                .orElseGet(() -> new OperationRefusedException(
                        "no-backfill",
                        "Version '%s' was never begun, and only a backfill that was begun can be %s; start it first"
                                .formatted(version, what))));
        if (state.stage().isBuilt()) {
            throw new OperationRefusedException(
                    "backfill-over",
                    "Version '%s' is built up to position %d and follows live events, so its backfill can no longer be %s; abort the changeover to stop it"
                            .formatted(version, state.horizon(), what));
        }
        return state;
    }

    /**
     * Builds the new versions of the changeovers by one reading of the store, as a person asks for, and tells the aggregates
     * when they are live.
     */
    private void bringToLife(Map<String, Attempt> open) {
        tellWhenBuilt(open, backfills::start);
    }

    /** The same for what was asked for before; what somebody has stopped meanwhile stays so. */
    void goOn(Map<String, Attempt> open) {
        tellWhenBuilt(open, backfills::goOn);
    }

    private void tellWhenBuilt(
            Map<String, Attempt> open, Function<List<VersionId>, List<CompletableFuture<Long>>> building) {
        List<String> views = List.copyOf(open.keySet());
        List<CompletableFuture<Long>> results = building.apply(views.stream()
                .map(view -> target(view, Objects.requireNonNull(open.get(view))))
                .toList());
        for (int i = 0; i < views.size(); i++) {
            String view = views.get(i);
            Attempt attempt = Objects.requireNonNull(open.get(view));
            var unused = results.get(i).thenAccept(position -> completeIfNothingWaits(view, attempt));
        }
    }

    private static VersionId target(String view, Attempt open) {
        return new VersionId(view, open.to());
    }

    /** A version is complete once it is built and no event waits as a dead letter. */
    private void completeIfNothingWaits(String view, Attempt open) {
        states.find(target(view, open))
                .filter(state -> state.stage() == VersionState.Stage.LIVE)
                .ifPresent(state -> send(new ChangeoverCommand.CompleteBackfill(view, open.id(), state.horizon())));
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
        send(new RecordParity(view, figures, request.actor(), request.reason()), request);
        return report;
    }

    @Override
    public ChangeoverStatus shift(String view, int percent, Request request) {
        versions.requireView(view);
        Attempt open = open(view);
        boolean forward = percent > open.percent();
        if (forward) {
            proveWayBack(view, request);
        }
        List<GateReading> readings =
                forward && open.course().plan() != null ? gates.toMove(view, open(view)) : List.of();
        send(new Shift(view, percent, evidence(view), readings, request.actor(), request.reason()), request);
        if (percent == 0 && request.dryRun() == null) {
            confirmRollback(view);
        }
        return changeover(view);
    }

    @Override
    public ChangeoverStatus rollBack(String view, Request request) {
        versions.requireView(view);
        rollBack(view, List.of(), request);
        return changeover(view);
    }

    /** Sends all readers back, and says so once all nodes go by it; who does not by then is told by the status. */
    void rollBack(String view, List<GateReading> why, Request request) {
        send(new RollBack(view, why, request.actor(), request.reason()), request);
        if (request.dryRun() == null) {
            confirmRollback(view);
        }
    }

    /** Records that a rollback is over, if all nodes that are up go by it. */
    void confirmRollback(String view) {
        Attempt open = router.state(view).map(ChangeoverState::open).orElse(null);
        if (open != null
                && open.phase() == Phase.ROLLING_BACK
                && nodes.awaited(view).isEmpty()) {
            List<String> by = nodes.acknowledgedBy(view);
            if (!by.isEmpty()) {
                send(new ConfirmRollback(view, open.id(), by, List.of()));
            }
        }
    }

    /** Has all nodes rehearse the flip once in each changeover, before the first reader moves. */
    void proveWayBack(String view, Request request) {
        Attempt open = open(view);
        if (!open.phase().backfilled() || open.course().wayBackProven() != null) {
            return;
        }
        // Neither carries the identifier of the request, which belongs to what the request asks for.
        Request unnamed = new Request(request.actor(), request.reason(), null, request.dryRun(), request.proven());
        send(new RehearseFlip(view, request.actor(), request.reason()), unnamed);
        try {
            send(
                    new ProveWayBack(
                            view,
                            evidence(view),
                            nodes.acknowledgedBy(view),
                            nodes.awaited(view),
                            request.actor(),
                            request.reason()),
                    unnamed);
        } catch (OperationRefusedException e) {
            if (!e.rule().startsWith("old-")) { // what is wrong with the old version is told with everything else
                throw e;
            }
        }
    }

    @Override
    public ChangeoverStatus complete(String view, Request request) {
        versions.requireView(view);
        int from = open(view).from();
        List<StillReading> readers = stillReading(view, from);
        if (readers.isEmpty()) { // who is there says more than whose configuration would let them
            requireNotConfigured(view, from);
        }
        send(new Complete(view, readers, request.actor(), request.reason()), request);
        return changeover(view);
    }

    private void requireNotConfigured(String view, int version) {
        List<String> configured = nodes.configuredFor(view, version);
        if (!configured.isEmpty()) {
            throw new OperationRefusedException(
                    "complete-while-configured",
                    "Version %d of view '%s' still answers readers of nodes whose configuration says so: %s; take changeover.views.%s.serve out of their configuration and restart them first"
                            .formatted(version, view, String.join(", ", configured), view));
        }
    }

    private List<StillReading> stillReading(String view, int version) {
        try {
            return readership.stillReading(view, version);
        } catch (ReadershipUnknownException e) {
            throw new OperationRefusedException("readers-unknown", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public ChangeoverStatus abort(String view, Request request) {
        versions.requireView(view);
        VersionId abandoned = new VersionId(view, open(view).to());
        send(new Abort(view, request.actor(), request.reason()), request);
        if (request.dryRun() != null) {
            request.dryRun().would("stop projecting", Map.of("version", abandoned.toString()));
            return changeover(view);
        }
        backfills.pause(abandoned);
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
    public RetryResult retry(VersionId version, String home, Request request) {
        requireNotBackfilling(version);
        requireNotPurged(version, "its dead letters wait until it is followed again");
        if (request.dryRun() != null) {
            return wouldRetry(version, home, request.dryRun());
        }
        RetryOutcome outcome = projections.retry(version, home).orElseThrow(() -> nothingParked(version, home));
        if (outcome.stillParked() == 0) {
            mended(version);
        }
        return new RetryResult(version.toString(), home, outcome.applied(), outcome.stillParked(), outcome.failure());
    }

    /** How many of them the folds take today is known only by folding them. */
    private RetryResult wouldRetry(VersionId version, String home, DryRun dryRun) {
        List<DeadLetter> waiting = deadLetters(version).stream()
                .filter(letter -> letter.home().equals(home))
                .toList();
        if (waiting.isEmpty()) {
            throw nothingParked(version, home);
        }
        dryRun.would(
                "fold waiting events again",
                Map.of(
                        "version",
                        version.toString(),
                        "home",
                        home,
                        "positions",
                        waiting.stream().map(DeadLetter::position).toList()));
        return new RetryResult(
                version.toString(), home, 0, waiting.size(), waiting.get(0).cause());
    }

    private static OperationRefusedException nothingParked(VersionId version, String home) {
        return new OperationRefusedException(
                "nothing-parked",
                "Home '%s' of '%s' has no dead letters, and only parked events can be retried; list the dead letters to see which homes wait"
                        .formatted(home, version));
    }

    /** Looks whether a version that was incomplete is complete now, and tells its changeover. */
    public void mended(VersionId version) {
        boolean waited = states.find(version)
                .filter(state -> state.stage() == VersionState.Stage.INCOMPLETE)
                .isPresent();
        if (!waited || projections.deadLetterCount(version) > 0) {
            return;
        }
        states.completed(version);
        built(version);
    }

    /** Tells the open changeover of the version, if it waits for that, that the version is complete, if it is. */
    void built(VersionId version) {
        router.state(version.view())
                .map(ChangeoverState::open)
                .filter(open -> open.phase() == Phase.BACKFILLING && open.to() == version.version())
                .ifPresent(open -> completeIfNothingWaits(version.view(), open));
    }

    /** A backfill keeps in memory which homes are parked, and would go on to park the events of a home that is mended. */
    private void requireNotBackfilling(VersionId version) {
        VersionState state = states.find(version).orElse(null);
        if (state != null && state.stage() == VersionState.Stage.BACKFILLING) {
            throw new OperationRefusedException(
                    "backfilling",
                    "Version '%s' is being built, and its dead letters can be retried once that is over; wait for the end of the backfill or pause it first"
                            .formatted(version));
        }
    }

    private void requireBuilt(VersionId id) {
        if (!(versions.get(id) instanceof ForeignVersion) && states.find(id).isEmpty()) {
            throw new OperationRefusedException(
                    "not-built",
                    "Version '%s' has not been built, and only built versions can be compared; declare a changeover to it and run its backfill first"
                            .formatted(id));
        }
        requireNotPurged(id, "only rows that follow the store can be compared");
    }

    Evidence evidence(String view) {
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

    /** The state that this node routes by; empty for a view that is not served. */
    Optional<ChangeoverState> state(String view) {
        return router.state(view);
    }

    Instant now() {
        return clock.instant();
    }

    Attempt open(String view) {
        return router.state(view)
                .map(ChangeoverState::open)
                .orElseThrow(() -> new OperationRefusedException(
                        "no-changeover-open", "View '%s' is in no changeover; declare one first".formatted(view)));
    }

    /** Asks the aggregate, and waits until the nodes that are up go by what it has decided. */
    void send(ChangeoverCommand command) {
        send(command, Map.of());
    }

    /** As {@link #send(ChangeoverCommand)}, unless the request is a dry run, which is told what would be recorded. */
    void send(ChangeoverCommand command, Request request) {
        Map<String, String> metaData = metaData(request);
        if (request.dryRun() == null) {
            send(command, metaData);
            return;
        }
        try {
            request.dryRun()
                    .send(command, metaData, view -> new TriedChangeover(events.readEvents(Changeover.idOf(view))));
        } catch (ChangeoverRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> metaData(Request request) {
        Map<String, String> metaData = new LinkedHashMap<>();
        if (request.commandId() != null) {
            metaData.put(Changeover.COMMAND_ID, request.commandId());
        }
        if (request.proven()) {
            metaData.put(Changeover.PRINCIPAL, request.actor());
        }
        return metaData;
    }

    private void send(ChangeoverCommand command, Map<String, String> metaData) {
        try {
            commands.sendAndWait(GenericCommandMessage.asCommandMessage(command).withMetaData(metaData));
        } catch (ChangeoverRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        } catch (ConcurrencyException e) {
            throw new OperationRefusedException(
                    "changed-meanwhile",
                    "View '%s' was changed by another node at the same moment, and one change at a time counts; look at its status and ask again"
                            .formatted(command.view()));
        }
        follower.refresh(command.view());
        acknowledgements.await(command.view());
    }

    private VersionStatus status(VersionDefinition version, long head, Standing standing) {
        VersionId id = version.id();
        if (version instanceof ForeignVersion) {
            return new VersionStatus(id.toString(), "foreign", 0, 0, 0, 0, null);
        }
        VersionState state = standing.state(id).orElse(null);
        if (state == null) {
            return new VersionStatus(id.toString(), "absent", 0, head, 0, 0, null);
        }
        VersionFigures figures = standing.figures(id);
        long position = figures.positions().low();
        return new VersionStatus(
                id.toString(),
                projections.failure(id).isPresent()
                        ? "stuck"
                        : state.stage().name().toLowerCase(Locale.ROOT),
                position,
                Math.max(0, head - position),
                figures.rows(),
                figures.deadLetters(),
                backfill(id, state, () -> figures),
                version instanceof FoldedVersion folded ? standing.stale(folded) : null);
    }

    private ChangeoverStatus status(String view, Attempt attempt) {
        return status(view, attempt, asked());
    }

    private ChangeoverStatus status(String view, Attempt attempt, Standing standing) {
        VersionId to = new VersionId(view, attempt.to());
        ParityFigures figures = attempt.parity();
        Acknowledged acknowledged = standing.acknowledged(view);
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
                standing.state(to)
                        .map(state -> backfill(to, state, () -> standing.figures(to)))
                        .orElse(null),
                acknowledged.by(),
                acknowledged.awaited(),
                attempt.since(),
                next(attempt),
                attempt.course().plan() == null ? null : attempt.course().plan().name(),
                halted(attempt.course().halt()),
                attempt.course().wayBackProven(),
                attempt.parityAt());
    }

    static @Nullable String halted(@Nullable Halt halt) {
        return halt == null
                ? null
                : "%s by %s%s"
                        .formatted(
                                halt.kind().text(), halt.actor(), halt.reason().isEmpty() ? "" : ": " + halt.reason());
    }

    private BackfillStatus backfill(VersionId id, VersionState state) {
        return backfill(id, state, () -> asked().figures(id));
    }

    /** @param figures asked for only where this node does not know better */
    private BackfillStatus backfill(VersionId id, VersionState state, Supplier<VersionFigures> figures) {
        return backfills
                .progress(id)
                .map(BackfillStatus::of)
                .orElseGet(() -> {
                    VersionFigures known = figures.get();
                    return BackfillStatus.of(state, known.positions().low(), known.deadLetters());
                })
                .hinderedBy(projections.failure(id).orElse(null));
    }

    /** A halted changeover is resumed before it goes on; what goes back is always there. */
    private static List<String> next(Attempt attempt) {
        if (attempt.course().halt() == null || attempt.phase().closed()) {
            return nextInPhase(attempt);
        }
        List<String> next = new ArrayList<>(List.of("resume"));
        nextInPhase(attempt).stream()
                .filter(verb -> !verb.equals("shift") && !verb.equals("complete") && !verb.equals("backfill"))
                .forEach(next::add);
        return next;
    }

    private static List<String> nextInPhase(Attempt attempt) {
        return switch (attempt.phase()) {
            case DECLARED, PREPARED -> List.of("backfill", "abort");
            case BACKFILLING -> List.of("abort");
            case CATCHING_UP, VERIFYING -> List.of("verify", "abort");
            case SHADOWING, ROLLED_BACK -> List.of("verify", "shift", "abort");
            case SHIFTING -> List.of("verify", "shift", "rollback");
            case SERVING, SOAKING -> List.of("verify", "rollback", "complete");
            case ROLLING_BACK -> List.of("rollback", "verify");
            case COMPLETED, ABORTED -> List.of("declare");
        };
    }
}
