package io.changeover.changeover;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.changeover.changeover.ChangeoverCommand.Abort;
import io.changeover.changeover.ChangeoverCommand.AdoptPlan;
import io.changeover.changeover.ChangeoverCommand.ApproveStep;
import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.CompleteBackfill;
import io.changeover.changeover.ChangeoverCommand.ConfirmCaughtUp;
import io.changeover.changeover.ChangeoverCommand.ConfirmRollback;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.DropVersion;
import io.changeover.changeover.ChangeoverCommand.Fail;
import io.changeover.changeover.ChangeoverCommand.HurryStep;
import io.changeover.changeover.ChangeoverCommand.Pause;
import io.changeover.changeover.ChangeoverCommand.PinReader;
import io.changeover.changeover.ChangeoverCommand.Prepare;
import io.changeover.changeover.ChangeoverCommand.ProveWayBack;
import io.changeover.changeover.ChangeoverCommand.PurgeVersion;
import io.changeover.changeover.ChangeoverCommand.RecordParity;
import io.changeover.changeover.ChangeoverCommand.RegisterView;
import io.changeover.changeover.ChangeoverCommand.RehearseFlip;
import io.changeover.changeover.ChangeoverCommand.Reopen;
import io.changeover.changeover.ChangeoverCommand.RestoreVersion;
import io.changeover.changeover.ChangeoverCommand.Resume;
import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.changeover.ChangeoverCommand.ScheduleSunset;
import io.changeover.changeover.ChangeoverCommand.Shift;
import io.changeover.changeover.ChangeoverCommand.StartBackfill;
import io.changeover.changeover.ChangeoverCommand.StartSoak;
import io.changeover.changeover.ChangeoverCommand.UnpinReader;
import io.changeover.changeover.ChangeoverCommand.WithdrawSunset;
import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.BackfillCompleted;
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.CaughtUp;
import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.Failed;
import io.changeover.changeover.ChangeoverEvent.FlipRehearsed;
import io.changeover.changeover.ChangeoverEvent.ParityRecorded;
import io.changeover.changeover.ChangeoverEvent.Paused;
import io.changeover.changeover.ChangeoverEvent.PlanAdopted;
import io.changeover.changeover.ChangeoverEvent.Prepared;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReaderUnpinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.Reopened;
import io.changeover.changeover.ChangeoverEvent.Resumed;
import io.changeover.changeover.ChangeoverEvent.RollbackConfirmed;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.SoakStarted;
import io.changeover.changeover.ChangeoverEvent.StepApproved;
import io.changeover.changeover.ChangeoverEvent.StepHurried;
import io.changeover.changeover.ChangeoverEvent.SunsetScheduled;
import io.changeover.changeover.ChangeoverEvent.SunsetWithdrawn;
import io.changeover.changeover.ChangeoverEvent.VersionDropped;
import io.changeover.changeover.ChangeoverEvent.VersionPurged;
import io.changeover.changeover.ChangeoverEvent.VersionRestored;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.ChangeoverEvent.WayBackProven;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.plan.Plan;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * All changeovers of one view, one after the other. One aggregate for each view makes "one changeover of a view at a
 * time" a rule that no race can break.
 */
public class Changeover {

    /** Name under which a command's identifier stands in the metadata of the command and of its events. */
    public static final String COMMAND_ID = "changeoverCommandId";

    /**
     * Name under which who has proven to ask stands in the metadata of the command and of its events; absent where
     * nobody has, and then the actor that they name is a courtesy.
     */
    public static final String PRINCIPAL = "changeoverPrincipal";

    private static final int REMEMBERED = 1_000;

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable ChangeoverState state;

    /** Identifiers of the last commands that have changed something; they do nothing when they come again. */
    private final Set<String> done = new LinkedHashSet<>();

    /** What the command in hand gives to the metadata of its events. */
    private MetaData asked = MetaData.emptyInstance();

    /** For Axon, which fills the aggregate from its events. */
    Changeover() {}

    /** Identifier of the aggregate of a view; prefixed, since identifiers are unique across all aggregate types. */
    public static String idOf(String view) {
        return "changeover:" + view;
    }

    /**
     * Whether the plan can carry out a changeover of the view to that version.
     *
     * @throws ChangeoverRefusedException when it is made for another
     */
    public static void requireFits(String view, int to, Plan plan) {
        PlanRules.requireFits(view, to, plan);
    }

    /** A command that names itself, and has been carried out, is not carried out again, whatever the rules say now. */
    @CommandHandlerInterceptor
    @Nullable
    Object onlyOnce(
            ChangeoverCommand command,
            @MetaDataValue(COMMAND_ID) @Nullable String commandId,
            MetaData metaData,
            InterceptorChain chain)
            throws Exception {
        if (commandId != null && done.contains(commandId)) {
            return null;
        }
        asked = metaData.subset(COMMAND_ID, PRINCIPAL);
        try {
            return chain.proceed();
        } finally {
            asked = MetaData.emptyInstance(); // it belongs to the command and not to the state, which is that of the
            // events alone
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterView command) {
        if (state == null) {
            apply(new ViewRegistered(command.view(), command.version()));
        }
    }

    @CommandHandler
    void handle(Declare command, @MetaDataValue(PRINCIPAL) @Nullable String principal) {
        Attempt open = state().open();
        if (open != null) {
            throw new ChangeoverRefusedException(
                    "changeover-open",
                    "View '%s' is already in a changeover from version %d to %d (phase %s), and a view has one at a time; complete or abort that one first"
                            .formatted(
                                    command.view(),
                                    open.from(),
                                    open.to(),
                                    open.phase().text()));
        }
        if (command.to() == state().serving()) {
            throw new ChangeoverRefusedException(
                    "same-version",
                    "View '%s' is already served by version %d, and a changeover leads to another; name another version"
                            .formatted(command.view(), command.to()));
        }
        DisposalRules.requireUsable(state(), command.to());
        Plan plan = command.plan();
        if (plan != null) {
            requireFits(command.view(), command.to(), plan);
            PlanRules.requireFourEyes(command.view(), null, plan, command.actor(), principal);
        }
        record(new Declared(
                command.view(),
                command.changeoverId(),
                state().serving(),
                command.to(),
                command.actor(),
                command.reason()));
        if (plan != null) {
            record(new PlanAdopted(command.view(), command.changeoverId(), plan, command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(AdoptPlan command, @MetaDataValue(PRINCIPAL) @Nullable String principal) {
        Attempt open = open(command.view());
        Plan plan = command.plan();
        requireFits(command.view(), open.to(), plan);
        PlanRules.requireFourEyes(command.view(), open.course().plan(), plan, command.actor(), principal);
        if (!plan.equals(open.course().plan())) {
            record(new PlanAdopted(command.view(), open.id(), plan, command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(Prepare command) {
        Attempt open = open(command.view());
        if (open.phase() == Phase.DECLARED) {
            PlanRules.requireGoing(command.view(), open);
            PlanRules.requireGates(command.view(), "prepared", command.gates());
            record(new Prepared(command.view(), open.id(), command.gates(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(ConfirmCaughtUp command) {
        Attempt open = state().open();
        if (open != null && isOf(open, command.changeoverId(), Phase.CATCHING_UP)) {
            PlanRules.requireGoing(command.view(), open);
            PlanRules.requireGates(command.view(), "said to have caught up", command.gates());
            record(new CaughtUp(command.view(), open.id(), command.gates(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(RehearseFlip command) {
        Attempt open = open(command.view());
        requireBackfilled(open, command.view(), "flip-before-backfill", "flipped to");
        record(new FlipRehearsed(
                command.view(), open.id(), open.course().rehearsals() + 1, command.actor(), command.reason()));
    }

    @CommandHandler
    void handle(ProveWayBack command) {
        Attempt open = open(command.view());
        if (open.course().rehearsals() == 0) {
            throw new ChangeoverRefusedException(
                    "flip-not-rehearsed",
                    "The way back of view '%s' is proven by a rehearsed flip, and none was rehearsed in this changeover; rehearse it first"
                            .formatted(command.view()));
        }
        if (!command.awaiting().isEmpty() || command.acknowledgedBy().isEmpty()) {
            throw new ChangeoverRefusedException(
                    "flip-not-acknowledged",
                    "The flip of view '%s' is acknowledged by %s, and the way back counts only when all nodes that are up can flip; wait for them, or look at what hinders them"
                            .formatted(command.view(), nodes(command.acknowledgedBy(), command.awaiting())));
        }
        ShiftGates.requireWayBack(command.view(), open, command.evidence());
        record(new WayBackProven(
                command.view(),
                open.id(),
                command.evidence(),
                command.acknowledgedBy(),
                command.actor(),
                command.reason()));
    }

    private static String nodes(List<String> acknowledged, List<String> awaiting) {
        String by = acknowledged.isEmpty() ? "no node" : String.join(", ", acknowledged);
        return awaiting.isEmpty() ? by : "%s and not by %s".formatted(by, String.join(", ", awaiting));
    }

    @CommandHandler
    void handle(ApproveStep command, @MetaDataValue(PRINCIPAL) @Nullable String principal) {
        Attempt open = open(command.view());
        String role = PlanRules.requireApproval(command, open, principal);
        if (!open.course().approved().contains(command.percent())) {
            record(new StepApproved(
                    command.view(), open.id(), command.percent(), role, command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(HurryStep command) {
        Attempt open = open(command.view());
        if (open.course().plan() == null) {
            throw new ChangeoverRefusedException(
                    "no-plan",
                    "The changeover of view '%s' has no plan, so no step of it is waited for; shift its readers, or give it a plan"
                            .formatted(command.view()));
        }
        PlanRules.requireGoing(command.view(), open);
        if (!open.course().hurried()) {
            record(new StepHurried(command.view(), open.id(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(StartSoak command) {
        Attempt open = state().open();
        if (open != null && isOf(open, command.changeoverId(), Phase.SERVING)) {
            PlanRules.requireGoing(command.view(), open);
            PlanRules.requireGates(command.view(), "soaked", command.gates());
            record(new SoakStarted(command.view(), open.id(), command.gates(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(Pause command) {
        Attempt open = open(command.view());
        if (open.course().halt() == null) {
            record(new Paused(command.view(), open.id(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(Resume command) {
        Attempt open = open(command.view());
        if (open.phase() == Phase.ROLLING_BACK) {
            throw new ChangeoverRefusedException(
                    "rolling-back",
                    "View '%s' is being rolled back, and not every node has acknowledged it; wait until it is rolled back, then resume"
                            .formatted(command.view()));
        }
        if (open.course().halt() != null || open.phase() == Phase.ROLLED_BACK) {
            record(new Resumed(command.view(), open.id(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(Fail command) {
        Attempt open = state().open();
        if (open != null && open.id().equals(command.changeoverId()) && !hasFailed(open)) {
            record(new Failed(command.view(), open.id(), command.actor(), command.reason()));
        }
    }

    /** One that is paused can fail too, which whoever resumes it has to know. */
    private static boolean hasFailed(Attempt open) {
        Halt halt = open.course().halt();
        return halt != null && halt.kind() == Halt.Kind.FAILED;
    }

    @CommandHandler
    void handle(ConfirmRollback command) {
        Attempt open = state().open();
        if (open != null && isOf(open, command.changeoverId(), Phase.ROLLING_BACK)) {
            if (!command.awaiting().isEmpty() || command.acknowledgedBy().isEmpty()) {
                throw new ChangeoverRefusedException(
                        "rollback-not-acknowledged",
                        "The rollback of view '%s' is acknowledged by %s, and it is over only when all nodes that are up go by it; wait for them, or look at what hinders them"
                                .formatted(command.view(), nodes(command.acknowledgedBy(), command.awaiting())));
            }
            record(new RollbackConfirmed(command.view(), open.id(), command.acknowledgedBy()));
        }
    }

    @CommandHandler
    void handle(Reopen command) {
        Attempt latest = state().latest();
        if (latest == null || latest.phase() != Phase.COMPLETED) {
            throw new ChangeoverRefusedException(
                    "not-completed",
                    "The last changeover of view '%s' is %s, and only one that was completed can be reopened; look at its status"
                            .formatted(
                                    command.view(),
                                    latest == null
                                            ? "none"
                                            : "in phase " + latest.phase().text()));
        }
        DisposalRules.requireStage(state(), latest.from(), "reopened", Disposal.Stage.HELD);
        record(new Reopened(command.view(), latest.id(), command.actor(), command.reason()));
        if (latest.course().plan() != null) { // which would complete it again at once, as all its times are over
            record(new Paused(command.view(), latest.id(), command.actor(), "reopened"));
        }
    }

    @CommandHandler
    void handle(PurgeVersion command) {
        Disposal disposal = DisposalRules.requireStage(
                state(), command.version(), "purged", Disposal.Stage.HELD, Disposal.Stage.PURGED);
        if (disposal.stage() == Disposal.Stage.HELD) {
            DisposalRules.requireStayed(command.view(), command.version(), disposal, command.hold(), command.now());
            record(new VersionPurged(command.view(), command.version(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(RestoreVersion command) {
        Disposal disposal = DisposalRules.requireStage(
                state(), command.version(), "restored", Disposal.Stage.PURGED, Disposal.Stage.HELD);
        if (disposal.stage() == Disposal.Stage.PURGED) {
            record(new VersionRestored(command.view(), command.version(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(DropVersion command) {
        Disposal disposal = DisposalRules.requireStage(
                state(), command.version(), "dropped", Disposal.Stage.PURGED, Disposal.Stage.DROPPED);
        if (disposal.stage() == Disposal.Stage.PURGED) {
            DisposalRules.requireStayed(command.view(), command.version(), disposal, command.purge(), command.now());
            record(new VersionDropped(command.view(), command.version(), command.actor(), command.reason()));
        }
    }

    private static boolean isOf(Attempt open, String changeoverId, Phase phase) {
        return open.id().equals(changeoverId) && open.phase() == phase;
    }

    @CommandHandler
    void handle(StartBackfill command) {
        Attempt open = open(command.view());
        if (open.phase() == Phase.DECLARED || open.phase() == Phase.PREPARED) {
            PlanRules.requireGoing(command.view(), open);
            record(new BackfillStarted(command.view(), open.id(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(CompleteBackfill command) {
        Attempt open = state().open();
        if (open != null && open.id().equals(command.changeoverId()) && open.phase() == Phase.BACKFILLING) {
            record(new BackfillCompleted(command.view(), open.id(), command.position()));
        }
    }

    @CommandHandler
    void handle(RecordParity command) {
        Attempt open = open(command.view());
        requireBackfilled(open, command.view(), "verify-before-backfill", "compared");
        record(new ParityRecorded(command.view(), open.id(), command.figures(), command.actor(), command.reason()));
    }

    @CommandHandler
    void handle(Shift command) {
        if (command.percent() < 0 || command.percent() > 100) {
            throw new ChangeoverRefusedException(
                    "percent-out-of-range",
                    "Percentage %d must be from 0 to 100; give a number in that range".formatted(command.percent()));
        }
        Attempt open = open(command.view());
        requireBackfilled(open, command.view(), "shift-before-backfill", "given readers");
        if (command.percent() > open.percent()) {
            PlanRules.requireGoing(command.view(), open);
            ShiftGates.require(command.view(), open, command.evidence());
            PlanRules.requirePlanned(command, open);
        }
        if (command.percent() != open.percent()) {
            record(new ReadsShifted(
                    command.view(),
                    open.id(),
                    command.percent(),
                    open.percent(),
                    command.evidence(),
                    command.gates(),
                    command.actor(),
                    command.reason()));
        }
    }

    @CommandHandler
    void handle(PinReader command) {
        Attempt open = open(command.view());
        if (!command.pin().isValid()) {
            throw new ChangeoverRefusedException(
                    "invalid-pin",
                    "A %s must have 1 to 200 characters and no control characters; correct it"
                            .formatted(command.pin().kind().text()));
        }
        if (command.version() != open.from() && command.version() != open.to()) {
            throw new ChangeoverRefusedException(
                    "pin-to-other-version",
                    "Version %d of view '%s' takes no part in its changeover from %d to %d, and readers can be pinned only to one that does; name %d or %d"
                            .formatted(
                                    command.version(), command.view(), open.from(), open.to(), open.from(), open.to()));
        }
        if (command.version() == open.to()) {
            requireBackfilled(open, command.view(), "pin-before-backfill", "given readers");
            PlanRules.requireGoing(command.view(), open);
            ShiftGates.require(command.view(), open, command.evidence());
        }
        if (!Integer.valueOf(command.version()).equals(state().pins().get(command.pin()))) {
            record(new ReaderPinned(
                    command.view(),
                    open.id(),
                    command.pin().kind(),
                    command.pin().value(),
                    command.version(),
                    command.evidence(),
                    command.actor(),
                    command.reason()));
        }
    }

    @CommandHandler
    void handle(UnpinReader command) {
        Attempt open = open(command.view());
        if (!state().pins().containsKey(command.pin())) {
            throw new ChangeoverRefusedException(
                    "not-pinned",
                    "%s is not pinned to a version of view '%s', and only a pin that is there can be taken away; look at the route to see which are"
                            .formatted(command.pin(), command.view()));
        }
        if (open.percent() > 0
                && Integer.valueOf(open.from()).equals(state().pins().get(command.pin()))) {
            PlanRules.requireGoing(command.view(), open); // who is let go may move to the new version
        }
        record(new ReaderUnpinned(
                command.view(),
                open.id(),
                command.pin().kind(),
                command.pin().value(),
                command.actor(),
                command.reason()));
    }

    @CommandHandler
    void handle(ScheduleSunset command) {
        requireSuperseded(command.view(), command.version());
        SunsetRules.require(command);
        record(new SunsetScheduled(
                command.view(),
                command.version(),
                command.sunsetAt(),
                command.link(),
                command.actor(),
                command.reason()));
    }

    @CommandHandler
    void handle(WithdrawSunset command) {
        Retirement retirement = requireSuperseded(command.view(), command.version());
        if (retirement.sunsetAt() != null) {
            record(new SunsetWithdrawn(command.view(), command.version(), command.actor(), command.reason()));
        }
    }

    private Retirement requireSuperseded(String view, int version) {
        Retirement retirement = state().retirements().get(version);
        if (retirement == null) {
            throw new ChangeoverRefusedException(
                    "not-superseded",
                    "Version %d of view '%s' has not been superseded, and only a version whose readers have all moved to another can end; shift its readers to 100 %% first"
                            .formatted(version, view));
        }
        return retirement;
    }

    @CommandHandler
    void handle(RollBack command) {
        Attempt open = open(command.view());
        if (open.percent() > 0 || !state().pinnedTo(open.to()).isEmpty()) {
            record(new RolledBack(
                    command.view(), open.id(), open.percent(), command.gates(), command.actor(), command.reason()));
        }
    }

    @CommandHandler
    void handle(Complete command) {
        Attempt open = open(command.view());
        if (open.percent() != 100) {
            throw new ChangeoverRefusedException(
                    "complete-before-100",
                    "Version %d of view '%s' serves %d %% of readers, and a changeover is complete only at 100 %%; shift to 100 first"
                            .formatted(open.to(), command.view(), open.percent()));
        }
        PlanRules.requireGoing(command.view(), open);
        requireUnread(command, open);
        record(new Completed(command.view(), open.id(), command.actor(), command.reason()));
    }

    private void requireUnread(Complete command, Attempt open) {
        List<Pin> pinned = state().pinnedTo(open.from());
        if (!pinned.isEmpty()) {
            throw new ChangeoverRefusedException(
                    "complete-while-pinned",
                    "Version %d of view '%s' still serves who is pinned to it: %s; take these pins away first"
                            .formatted(
                                    open.from(),
                                    command.view(),
                                    pinned.stream().map(Pin::toString).collect(Collectors.joining(", "))));
        }
        if (!command.readers().isEmpty()) {
            throw new ChangeoverRefusedException(
                    "still-read",
                    "Version %d of view '%s' is still read although all readers have moved to version %d: by %s; a version is given up only when nobody reads it, so find out what keeps them there and move them"
                            .formatted(
                                    open.from(),
                                    command.view(),
                                    open.to(),
                                    command.readers().stream()
                                            .map(StillReading::toString)
                                            .collect(Collectors.joining(", "))));
        }
    }

    @CommandHandler
    void handle(Abort command) {
        Attempt open = open(command.view());
        if (open.percent() != 0) {
            throw new ChangeoverRefusedException(
                    "abort-while-serving",
                    "Version %d of view '%s' still serves %d %% of readers, and a changeover is given up only at 0 %%; roll back first"
                            .formatted(open.to(), command.view(), open.percent()));
        }
        List<Pin> pinned = state().pinnedTo(open.to());
        if (!pinned.isEmpty()) {
            throw new ChangeoverRefusedException(
                    "abort-while-pinned",
                    "Version %d of view '%s' still serves who is pinned to it: %s; roll back first, which sends them back too"
                            .formatted(
                                    open.to(),
                                    command.view(),
                                    pinned.stream().map(Pin::toString).collect(Collectors.joining(", "))));
        }
        if (open.phase() == Phase.ROLLING_BACK) {
            throw new ChangeoverRefusedException(
                    "abort-while-rolling-back",
                    "View '%s' is being rolled back, and a node that has not acknowledged it may still read version %d, which an abort stops; wait until it is rolled back, or ask for the rollback again"
                            .formatted(command.view(), open.to()));
        }
        record(new Aborted(command.view(), open.id(), command.actor(), command.reason()));
    }

    /** Applies an event under the identifier of the command that has asked for it, and of whoever has sent that. */
    private void record(ChangeoverEvent event) {
        apply(event, asked);
    }

    @EventSourcingHandler
    void on(ChangeoverEvent event, @Timestamp Instant at, @MetaDataValue(COMMAND_ID) @Nullable String commandId) {
        if (commandId != null) {
            done.add(commandId);
            if (done.size() > REMEMBERED) {
                done.remove(done.iterator().next());
            }
        }
        if (event instanceof ViewRegistered registered) {
            id = idOf(registered.view());
            state = ChangeoverState.of(registered);
        } else {
            state = state().after(event, at);
        }
    }

    private Attempt open(String view) {
        Attempt open = state().open();
        if (open == null) {
            throw new ChangeoverRefusedException(
                    "no-changeover-open", "View '%s' is in no changeover; declare one first".formatted(view));
        }
        return open;
    }

    private static void requireBackfilled(Attempt open, String view, String rule, String what) {
        if (!open.phase().backfilled()) {
            throw new ChangeoverRefusedException(
                    rule,
                    "Version %d of view '%s' is in phase %s, and a version can be %s only after its backfill; run the backfill first"
                            .formatted(open.to(), view, open.phase().text(), what));
        }
    }

    ChangeoverState state() {
        return Objects.requireNonNull(state);
    }
}
