package io.changeover.changeover;

import static io.changeover.changeover.Changeovers.*;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.CaughtUp;
import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Prepared;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.SoakStarted;
import io.changeover.changeover.ChangeoverEvent.StepHurried;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whatever is asked, in whatever order, the rules hold. A run is told again by its seed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RandomChangeoverTest {

    private static final int RUNS = 60;
    private static final int COMMANDS = 80;
    private static final String ID = Changeover.idOf(VIEW);

    @Test
    void whatever_is_asked_in_whatever_order_the_rules_hold() throws Exception {
        Map<Phase, Integer> reached = new EnumMap<>(Phase.class);
        for (long seed = 0; seed < RUNS; seed++) {
            new Run(seed, reached).play();
        }
        // A run that never gets anywhere would prove nothing.
        assertThat(reached.keySet()).containsExactly(Phase.values());
    }

    private static final class Run {

        private final long seed;
        private final Random random;
        private final Map<Phase, Integer> reached;
        private final EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        private final EventSourcingRepository<Changeover> repository = EventSourcingRepository.builder(Changeover.class)
                .eventStore(events)
                .build();
        private ChangeoverState state = ChangeoverState.of(REGISTERED);
        private int changeovers;

        Run(long seed, Map<Phase, Integer> reached) {
            this.seed = seed;
            this.random = new Random(seed);
            this.reached = reached;
            events.publish(new GenericDomainEventMessage<>("Changeover", ID, 0, REGISTERED));
        }

        void play() throws Exception {
            for (int number = 0; number < COMMANDS; number++) {
                ChangeoverCommand command = command();
                ChangeoverState before = state;
                long first = next();
                boolean refused = !ask(command, seed + "-" + number);
                List<DomainEventMessage<?>> happened = from(first);
                String run = "seed %d, command %d, %s".formatted(seed, number, command);
                assertThat(state).as(run).isEqualTo(replayed());
                assertThat(refused && !happened.isEmpty()).as(run).isFalse();
                assertThat(refused && command instanceof RollBack && before.open() != null)
                        .as("%s: a rollback is never refused", run)
                        .isFalse();
                happened.forEach(event -> check(run, before, (ChangeoverEvent) event.getPayload()));
                check(run, state);
                if (!happened.isEmpty()) {
                    assertThat(ask(command, seed + "-" + number)).as(run).isTrue();
                    assertThat(next()).as("%s: it is done once", run).isEqualTo(first + happened.size());
                }
                Attempt latest = state.latest();
                if (latest != null) {
                    reached.merge(latest.phase(), 1, Integer::sum);
                }
            }
        }

        private static void check(String run, ChangeoverState before, ChangeoverEvent event) {
            Attempt open = before.open();
            boolean moves = (event instanceof ReadsShifted shifted && shifted.percent() > shifted.previousPercent())
                    || (event instanceof ReaderPinned pinned && open != null && pinned.version() == open.to());
            boolean forward = moves
                    || event instanceof Prepared
                    || event instanceof BackfillStarted
                    || event instanceof CaughtUp
                    || event instanceof SoakStarted
                    || event instanceof StepHurried
                    || event instanceof Completed;
            if (forward) {
                assertThat(open).as(run).isNotNull();
                assertThat(open.course().halt()).as("%s: halted", run).isNull();
            }
            if (moves) {
                assertThat(open.course().wayBackProven()).as(run).isNotNull();
                assertThat(open.parity()).as(run).isNotNull();
                assertThat(open.parity().equal()).as(run).isTrue();
                assertThat(open.phase()).as(run).isNotEqualTo(Phase.ROLLING_BACK);
            }
            if (event instanceof ReadsShifted shifted
                    && shifted.percent() > shifted.previousPercent()
                    && open.course().plan() != null) {
                assertThat(shifted.gates()).as(run).isNotEmpty().allMatch(GateReading::passes);
            }
        }

        private static void check(String run, ChangeoverState state) {
            assertThat(state.disposals()).as(run).doesNotContainKey(state.serving());
            Attempt open = state.open();
            if (open == null) {
                assertThat(state.pins()).as(run).isEmpty();
                return;
            }
            assertThat(state.disposals()).as(run).doesNotContainKeys(open.from(), open.to());
            assertThat(state.serving()).as(run).isEqualTo(open.from());
            if (open.percent() > 0 || !state.pinnedTo(open.to()).isEmpty()) {
                assertThat(open.course().wayBackProven()).as(run).isNotNull();
                assertThat(open.phase().backfilled()).as(run).isTrue();
            }
            boolean serves = open.phase() == Phase.SERVING || open.phase() == Phase.SOAKING;
            assertThat(open.percent() == 100).as(run).isEqualTo(serves);
            assertThat(open.percent() > 0 && open.percent() < 100).as(run).isEqualTo(open.phase() == Phase.SHIFTING);
        }

        private boolean ask(ChangeoverCommand command, String id) throws Exception {
            GenericCommandMessage<ChangeoverCommand> message =
                    new GenericCommandMessage<>(command, Map.of(Changeover.COMMAND_ID, id));
            UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(message);
            try {
                Aggregate<Changeover> changeover = repository.load(ID);
                changeover.handle(message);
                state = changeover.invoke(Changeover::state);
                work.commit();
                return true;
            } catch (ChangeoverRefusedException e) {
                work.rollback(e);
                return false;
            }
        }

        private long next() {
            return events.lastSequenceNumberFor(ID).orElseThrow() + 1;
        }

        private List<DomainEventMessage<?>> from(long first) {
            return events.readEvents(ID, first)
                    .asStream()
                    .<DomainEventMessage<?>>map(event -> event)
                    .toList();
        }

        private ChangeoverState replayed() {
            ChangeoverState replayed = ChangeoverState.of(REGISTERED);
            for (DomainEventMessage<?> event : from(1)) {
                replayed = replayed.after((ChangeoverEvent) event.getPayload(), event.getTimestamp());
            }
            return replayed;
        }

        /** Half of what is asked leads on or back from where the view stands; else no run would get far. */
        private ChangeoverCommand command() {
            Attempt open = state.open();
            return random.nextBoolean() ? anything() : open == null ? declare() : sensible(open);
        }

        private ChangeoverCommand declare() {
            return new Declare(VIEW, "c" + ++changeovers, 1 + random.nextInt(3), plan(), "ann", "");
        }

        private ChangeoverCommand sensible(Attempt open) {
            if (open.course().halt() != null && random.nextBoolean()) {
                return new Resume(VIEW, "ann", "");
            }
            return switch (open.phase()) {
                case DECLARED, PREPARED -> new StartBackfill(VIEW, "ann", "");
                case BACKFILLING -> new CompleteBackfill(VIEW, open.id(), 88);
                case CATCHING_UP, VERIFYING -> new RecordParity(VIEW, EQUAL, "ann", "");
                case SHADOWING, SHIFTING ->
                    open.course().rehearsals() == 0
                            ? new RehearseFlip(VIEW, "ann", "")
                            : open.course().wayBackProven() == null
                                    ? new ProveWayBack(VIEW, HEALTHY, List.of("node-1"), List.of(), "ann", "")
                                    : new Shift(VIEW, percent(), HEALTHY, PASS, "ann", "");
                case SERVING ->
                    random.nextBoolean()
                            ? new StartSoak(VIEW, open.id(), PASS, "ann", "")
                            : new RollBack(VIEW, "ann", "");
                case SOAKING ->
                    random.nextBoolean() ? new Complete(VIEW, List.of(), "ann", "") : new RollBack(VIEW, "ann", "");
                case ROLLING_BACK -> new ConfirmRollback(VIEW, open.id(), List.of("node-1"), List.of());
                default -> new Resume(VIEW, "ann", "");
            };
        }

        private ChangeoverCommand anything() {
            Attempt latest = state.latest();
            String id = latest == null || random.nextInt(20) == 0 ? "other" : latest.id();
            int version = 1 + random.nextInt(3);
            Pin pin = new Pin(Pin.Kind.TENANT, random.nextBoolean() ? "acme" : "umbrella");
            return switch (random.nextInt(34)) {
                case 0, 1 -> declare();
                case 2 -> new AdoptPlan(VIEW, random.nextBoolean() ? PLAN : Plan.standard(), "ann", "");
                case 3 -> new Prepare(VIEW, gates(), "ann", "");
                case 4, 5 -> new StartBackfill(VIEW, "ann", "");
                case 6, 7 -> new CompleteBackfill(VIEW, id, 88);
                case 8 -> new ConfirmCaughtUp(VIEW, id, gates(), "ann", "");
                case 9, 10, 11 -> new RecordParity(VIEW, random.nextInt(4) == 0 ? DIFFERENT : EQUAL, "ann", "");
                case 12 -> new RehearseFlip(VIEW, "ann", "");
                case 13, 14 -> new ProveWayBack(VIEW, evidence(), nodes(5), nodes(1), "ann", "");
                case 15 -> new ApproveStep(VIEW, random.nextBoolean() ? 25 : 5, Set.of("approver"), "bob", "");
                case 16 -> new HurryStep(VIEW, "ann", "");
                case 17, 18, 19 -> new Shift(VIEW, percent(), evidence(), gates(), "ann", "");
                case 20 -> new StartSoak(VIEW, id, gates(), "ann", "");
                case 21 -> random.nextBoolean() ? new Pause(VIEW, "ann", "") : new Fail(VIEW, id, "pilot", "");
                case 22, 23, 24 -> new Resume(VIEW, "ann", "");
                case 25 -> new PinReader(VIEW, pin, version, evidence(), "ann", "");
                case 26 -> new UnpinReader(VIEW, pin, "ann", "");
                case 27 -> new RollBack(VIEW, "ann", "");
                case 28 -> new ConfirmRollback(VIEW, id, nodes(5), nodes(1));
                case 29, 30 -> new Complete(VIEW, List.of(), "ann", "");
                case 31 -> random.nextInt(3) == 0 ? new Abort(VIEW, "ann", "") : new Reopen(VIEW, "ann", "");
                case 32 -> disposal(version);
                default ->
                    random.nextBoolean()
                            ? new ScheduleSunset(VIEW, version, NOON, NOON, null, "ann", "")
                            : new WithdrawSunset(VIEW, version, "ann", "");
            };
        }

        private ChangeoverCommand disposal(int version) {
            Instant now = Instant.parse(random.nextBoolean() ? "2020-01-01T00:00:00Z" : "2120-01-01T00:00:00Z");
            return switch (random.nextInt(3)) {
                case 0 -> new PurgeVersion(VIEW, version, now, Duration.ofDays(1), "ann", "");
                case 1 -> new RestoreVersion(VIEW, version, "ann", "");
                default -> new DropVersion(VIEW, version, now, Duration.ofDays(1), "ann", "");
            };
        }

        private Plan plan() {
            return random.nextInt(3) == 0 ? PLAN : null;
        }

        private int percent() {
            return new int[] {0, 5, 25, 50, 100, 100}[random.nextInt(6)];
        }

        private List<GateReading> gates() {
            return random.nextInt(6) == 0 ? NOT_ALL : random.nextInt(6) == 0 ? List.of() : PASS;
        }

        private List<String> nodes(int share) {
            return random.nextInt(6) < share ? List.of("node-1") : List.of();
        }

        private Evidence evidence() {
            return random.nextInt(8) == 0
                    ? new Evidence(
                            random.nextBoolean(),
                            random.nextBoolean(),
                            random.nextInt(2_000),
                            random.nextInt(2_000),
                            1_000,
                            random.nextInt(2),
                            random.nextInt(1_800),
                            900)
                    : HEALTHY;
        }
    }
}
