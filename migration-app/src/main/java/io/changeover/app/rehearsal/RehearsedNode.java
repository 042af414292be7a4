package io.changeover.app.rehearsal;

import io.changeover.changeover.ChangeoverCommand;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.gate.Gates;
import io.changeover.operation.DeadLetter;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.ShadowOperations;
import io.changeover.operation.VersionStatus;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.RowTable;
import io.changeover.rebuild.RebuildRefusedException;
import io.changeover.selfcheck.SelfCheck;
import io.changeover.selfcheck.SelfCheckOptions;
import io.changeover.selfcheck.SelfCheckReport;
import io.changeover.serving.RouteFollower;
import io.changeover.serving.Router;
import io.changeover.stream.EventTable;
import io.changeover.stream.OrderedStream;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of the application that a rehearsal uses, and what it asks of them. */
final class RehearsedNode {

    private static final Duration LOOK = Duration.ofMillis(50);

    /** Longest time without any change after which what is waited for is taken never to come. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String OWN = "changeover:%";
    private static final int KEYS = 20;

    private final ApplicationContext context;
    private final Router router;
    private final Versions versions;
    private final OrderedStream stream;
    private final JdbcTemplate jdbc;
    private final ProjectionStore store;

    RehearsedNode(ApplicationContext context) {
        this.context = context;
        this.router = context.getBean(Router.class);
        this.versions = context.getBean(Versions.class);
        this.stream = context.getBean(OrderedStream.class);
        this.store = context.getBean(ProjectionStore.class);
        this.jdbc = store.jdbc();
    }

    /** Whether something holds, or is as yet; waiting goes on while this changes. */
    interface Condition {

        /** Null once it holds, else how far it is. */
        @Nullable
        Object missing();
    }

    Operations operations() {
        return context.getBean(Operations.class);
    }

    PlanOperations plans() {
        return context.getBean(PlanOperations.class);
    }

    Gates gates() {
        return context.getBean(Gates.class);
    }

    Versions versions() {
        return versions;
    }

    Optional<ShadowOperations> shadow() {
        return Optional.ofNullable(
                context.getBeanProvider(ShadowOperations.class).getIfAvailable());
    }

    /** Asks the aggregate, and has this node follow what it has decided. */
    void send(ChangeoverCommand command) {
        Object unused = context.getBean(CommandGateway.class).sendAndWait(command);
        context.getBean(RouteFollower.class).refresh(command.view());
    }

    ChangeoverState state(String view) {
        return router.state(view)
                .orElseThrow(() -> new RehearsalFailure(
                        "View '%s' was never registered; declare a version of it that is built here".formatted(view)));
    }

    Attempt open(String view) {
        Attempt open = state(view).open();
        if (open == null) {
            throw new RehearsalFailure(
                    "The changeover of view '%s' ended by itself; look into the application's log, which --log keeps"
                            .formatted(view));
        }
        return open;
    }

    /** The readers of the view. */
    SampleReaders readers(String view, VersionId old) {
        String bean = "changeover.view." + view;
        return new SampleReaders(view, router, context.containsBean(bean) ? context.getBean(bean) : null, keys(old));
    }

    private List<String> keys(VersionId id) {
        return folded(id)
                .map(version -> jdbc.queryForList(
                        "select \"%s\"::text from %s order by 1 limit %d"
                                .formatted(version.rows().keys().get(0).name(), table(version), KEYS),
                        String.class))
                .orElse(List.of());
    }

    private Optional<FoldedVersion> folded(VersionId id) {
        VersionDefinition version = versions.get(id);
        return version instanceof FoldedVersion folded ? Optional.of(folded) : Optional.empty();
    }

    private String table(FoldedVersion version) {
        return new RowTable(version, store.json()).name();
    }

    /** Number and hash of all events but those of changeovers, whatever their order in the file. */
    String eventDigest() {
        return digest(
                store.table().events(),
                "where %s not like '%s'".formatted(store.table().columns().aggregateId(), OWN));
    }

    long events() {
        EventTable table = store.table();
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) from %s where %s not like '%s'"
                        .formatted(table.events(), table.columns().aggregateId(), OWN),
                Long.class));
    }

    /** Events of changeovers. */
    long ownEvents() {
        EventTable table = store.table();
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) from %s where %s like '%s'"
                        .formatted(table.events(), table.columns().aggregateId(), OWN),
                Long.class));
    }

    /** Number and hash of the version's rows, or empty for one whose table is a team's own. */
    Optional<String> rowDigest(VersionId id) {
        return folded(id).map(version -> digest(table(version), ""));
    }

    private String digest(String table, String where) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) || ' with hash ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from %s t %s"
                        .formatted(table, where),
                String.class));
    }

    /** What folding the version's rows once more from history found, or empty where it is not built by folds. */
    Optional<SelfCheckReport> foldedAgain(VersionId id) {
        if (folded(id).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(context.getBean(SelfCheck.class).run(id, SelfCheckOptions.everything()));
        } catch (RebuildRefusedException e) {
            throw new RehearsalFailure(String.valueOf(e.getMessage()), e);
        }
    }

    VersionStatus status(VersionId id) {
        return operations().view(id.view()).versions().stream()
                .filter(status -> status.version().equals(id.toString()))
                .findFirst()
                .orElseThrow(() -> new RehearsalFailure(
                        "Version '%s' is not declared; name one that the domain has".formatted(id)));
    }

    /** Waits until the version has applied all that is in the store. */
    void awaitHead(VersionId id) throws InterruptedException {
        long head = stream.head();
        await("version '%s' to reach position %,d".formatted(id, head), () -> {
            VersionStatus status = status(id);
            if (status.state().equals("stuck") || status.state().equals("failed")) {
                throw new RehearsalFailure("Version '%s' is %s%s; look into the application's log, which --log keeps"
                        .formatted(
                                id,
                                status.state(),
                                status.backfill() == null || status.backfill().failure() == null
                                        ? ""
                                        : ": " + status.backfill().failure()));
            }
            requireNoDeadLetters(id);
            return status.state().equals("live") && status.position() >= head
                    ? null
                    : "%s at %d".formatted(status.state(), status.position());
        });
    }

    void requireNoDeadLetters(VersionId id) {
        if (status(id).deadLetters() == 0) {
            return;
        }
        DeadLetter first = operations().deadLetters(id).stream()
                .findFirst()
                .orElseThrow(() -> new RehearsalFailure("Dead letters of version '%s' came and went".formatted(id)));
        throw new RehearsalFailure(
                "Version '%s' cannot apply %,d events, the first of them %s at position %,d for home '%s': %s; correct its fold, or add a step for that revision"
                        .formatted(
                                id,
                                status(id).deadLetters(),
                                first.eventName(),
                                first.position(),
                                first.home(),
                                first.cause()));
    }

    /** Waits as long as something changes. */
    void await(String what, Condition condition) throws InterruptedException {
        long since = System.nanoTime();
        Object missing = condition.missing();
        while (missing != null) {
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new RehearsalFailure(
                        "Waited for %s, and for %s nothing changed any more; look into the application's log, which --log keeps"
                                .formatted(what, PATIENCE));
            }
            Thread.sleep(LOOK.toMillis());
            Object now = condition.missing();
            if (!missing.equals(now)) {
                since = System.nanoTime();
            }
            missing = now;
        }
    }
}
