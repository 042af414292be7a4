package io.changeover.operation;

import io.changeover.autopilot.Disposals;
import io.changeover.autopilot.MoveRefusedException;
import io.changeover.changeover.Changeover;
import io.changeover.changeover.ChangeoverCommand.DropVersion;
import io.changeover.changeover.ChangeoverCommand.PurgeVersion;
import io.changeover.changeover.ChangeoverCommand.Reopen;
import io.changeover.changeover.ChangeoverCommand.RestoreVersion;
import io.changeover.changeover.ChangeoverEvent.PlanAdopted;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Disposal;
import io.changeover.changeover.Disposal.Stage;
import io.changeover.completion.Completion;
import io.changeover.completion.Unfinished;
import io.changeover.plan.Plan;
import io.changeover.projection.RowTable;
import io.changeover.serving.Router;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** The end of versions, as this node knows it; decisions are asked for by the operations of its changeovers. */
public final class LiveCompletionOperations implements CompletionOperations, Disposals {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Versions versions;
    private final Router router;
    private final ChangeoverOperations changeovers;
    private final Completion completion;
    private final EventStore events;
    private final Clock clock;
    private final Duration patience;

    /**
     * The verbs over the node's parts.
     *
     * @param patience how long a verb waits for other nodes to let go of a version before it answers that they have not
     */
    public LiveCompletionOperations(
            Versions versions,
            Router router,
            ChangeoverOperations changeovers,
            Completion completion,
            EventStore events,
            Clock clock,
            Duration patience) {
        this.versions = versions;
        this.router = router;
        this.changeovers = changeovers;
        this.completion = completion;
        this.events = events;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public List<DisposalStatus> disposals(String view) {
        versions.requireView(view);
        return known(view).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> status(new VersionId(view, entry.getKey()), entry.getValue()))
                .toList();
    }

    @Override
    public ChangeoverStatus reopen(String view, Request request) {
        versions.requireView(view);
        Attempt latest = router.state(view).map(ChangeoverState::latest).orElse(null);
        if (latest != null) {
            requireRestored(new VersionId(view, latest.from()));
        }
        changeovers.send(new Reopen(view, request.actor(), request.reason()), request);
        return changeovers.changeover(view);
    }

    /** A way back over a table that has another name is none. */
    private void requireRestored(VersionId version) {
        Disposal disposal = known(version.view()).get(version.version());
        if (disposal != null && disposal.stage() == Stage.HELD) {
            String unfinished = unfinished(version);
            if (unfinished != null) {
                throw new OperationRefusedException(
                        "end-not-carried-out",
                        "Version '%s' is the way back of a changeover that is reopened, and it is not there again: %s; wait until it is, or see what changeover doctor says"
                                .formatted(version, unfinished));
            }
        }
    }

    @Override
    public DisposalStatus purge(VersionId version, Request request) {
        versions.requireView(version.view());
        changeovers.send(
                new PurgeVersion(
                        version.view(),
                        version.version(),
                        clock.instant(),
                        planned(version).hold(),
                        request.actor(),
                        request.reason()),
                request);
        return request.dryRun() == null
                ? settled(version)
                : status(version, Objects.requireNonNull(known(version.view()).get(version.version())));
    }

    @Override
    public DisposalStatus restore(VersionId version, Request request) {
        versions.built(version);
        changeovers.send(
                new RestoreVersion(version.view(), version.version(), request.actor(), request.reason()), request);
        return request.dryRun() == null
                ? settled(version)
                : status(version, Objects.requireNonNull(known(version.view()).get(version.version())));
    }

    @Override
    public DisposalStatus drop(VersionId version, Request request) {
        versions.requireView(version.view());
        changeovers.send(
                new DropVersion(
                        version.view(),
                        version.version(),
                        clock.instant(),
                        planned(version).purge(),
                        request.actor(),
                        request.reason()),
                request);
        return request.dryRun() == null
                ? settled(version)
                : status(version, Objects.requireNonNull(known(version.view()).get(version.version())));
    }

    @Override
    public void next(String view, int number, Disposal disposal, Plan.Completion planned, String commandId) {
        VersionId version = new VersionId(view, number);
        String unfinished = unfinished(version);
        if (unfinished != null) {
            throw new MoveRefusedException(
                    "end-not-carried-out",
                    "What was decided about version '%s' is not carried out yet: %s; a node goes on with it"
                            .formatted(version, unfinished),
                    null);
        }
        Request request = new Request(
                        "autopilot",
                        "it has been %s for %s, as the plan of its changeover asks"
                                .formatted(
                                        disposal.stage().text(),
                                        disposal.stage() == Stage.HELD ? planned.hold() : planned.purge()))
                .named(commandId);
        try {
            var unused = disposal.stage() == Stage.HELD ? purge(version, request) : drop(version, request);
        } catch (OperationRefusedException e) { // such as when another node was quicker
            throw new MoveRefusedException(e.rule(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Carries out what was decided, and waits for nodes that still have to let go of the version. */
    private DisposalStatus settled(VersionId version) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (completion.carryOut(version.view()).stream()
                        .anyMatch(open -> open.version().equals(version))
                && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break; // the decision stands, and nodes go on with it
            }
        }
        Disposal disposal = known(version.view()).get(version.version());
        if (disposal == null) {
            throw new OperationRefusedException(
                    "changed-meanwhile",
                    "Version '%s' was taken into a changeover again at the same moment, and is not given up any more; look at its status"
                            .formatted(version));
        }
        return status(version, disposal);
    }

    private DisposalStatus status(VersionId version, Disposal disposal) {
        Plan.Completion times = planned(version);
        String kept = completion.keptTable(version);
        return new DisposalStatus(
                version.toString(),
                disposal.stage().text(),
                disposal.since(),
                disposal.changeoverId(),
                switch (disposal.stage()) {
                    case HELD -> disposal.since().plus(times.hold());
                    case PURGED -> disposal.since().plus(times.purge());
                    case DROPPED -> null;
                },
                times.automatic() && disposal.stage() != Stage.DROPPED,
                kept == null ? null : RowTable.SCHEMA + "." + kept,
                unfinished(version));
    }

    private @Nullable String unfinished(VersionId version) {
        return completion.unfinished(version.view()).stream()
                .filter(open -> open.version().equals(version))
                .map(Unfinished::text)
                .findFirst()
                .orElse(null);
    }

    private Map<Integer, Disposal> known(String view) {
        return router.state(view).map(ChangeoverState::disposals).orElse(Map.of());
    }

    /** By the plan of the changeover that has replaced the version, whatever changeovers of the view came after it. */
    private Plan.Completion planned(VersionId version) {
        Disposal disposal = known(version.view()).get(version.version());
        Plan.Completion planned = Plan.Completion.DEFAULT;
        if (disposal == null) {
            return planned;
        }
        DomainEventStream stream = events.readEvents(Changeover.idOf(version.view()));
        while (stream.hasNext()) {
            if (stream.next().getPayload() instanceof PlanAdopted adopted
                    && adopted.changeoverId().equals(disposal.changeoverId())) {
                planned = adopted.plan().completion();
            }
        }
        return planned;
    }
}
