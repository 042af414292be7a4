package io.changeover.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.effect.KeptEffect;
import io.changeover.effects.BellDomain.Call;
import io.changeover.operation.EffectOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailedEffectsTest {

    private static final Request ANN = new Request("ann", "seen to it");

    private static TestDatabase database;
    private static TestNode node;
    private static EffectOperations effects;

    @BeforeAll
    static void serve_version_2() {
        BellDomain.reset();
        database = TestDatabase.withStore();
        node = BellNode.start(
                database, "node", Map.of("changeover.effects.attempts", "3", "changeover.effects.workers", "2"));
        node.operations().declare("bells", 2, ANN);
        node.backfill("bells");
        node.awaitCaughtUp("bells@1");
        node.awaitCaughtUp("bells@2");
        node.operations().verify("bells", ANN);
        node.operations().shift("bells", 100, ANN);
        effects = node.get(EffectOperations.class);
    }

    @AfterAll
    static void drop() {
        node.close();
        database.close();
    }

    @BeforeEach
    void forget() {
        BellDomain.reset();
    }

    private static long position(String bell, int number) {
        return Long.parseLong(
                database.value("select global_index from public.domain_event_entry where event_identifier = '%s-%d'"
                        .formatted(bell, number)));
    }

    private static String state(long position, String name) {
        return database.value(
                "select state from changeover.effect where view = 'bells' and position = %d and name = '%s'"
                        .formatted(position, name));
    }

    private static void awaitState(long position, String name, String state) {
        TestNode.await(() -> state.equals(state(position, name)));
    }

    private static KeptEffect kept(long position, String name) {
        return effects.effects("bells").effects().stream()
                .filter(effect -> effect.position() == position && effect.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> received(String bell) {
        return BellDomain.calls(bell).stream()
                .map(call -> call.what() + " " + call.event().number())
                .toList();
    }

    private static void fail(Call call, String what, String bell) {
        if (call.what().equals(what) && call.event().bell().equals(bell)) {
            throw new IllegalStateException(
                    "the wire to %s of %s is cut".formatted(bell, call.event().by()));
        }
    }

    @Test
    void what_fails_is_tried_again_with_its_key_and_what_comes_after_it_waits() {
        AtomicBoolean cut = new AtomicBoolean(true);
        CountDownLatch second = new CountDownLatch(2);
        BellDomain.before = call -> {
            if (call.what().equals("ring") && call.event().number() == 1 && cut.get()) {
                second.countDown();
                cut.set(second.getCount() > 0);
                throw new IllegalStateException("busy");
            }
        };
        BellDomain.press(database, "gate", 1);
        BellDomain.press(database, "gate", 2);
        BellNode.awaitQuiet(database);
        assertThat(received("gate")).containsExactly("ring 1", "light 1", "note 1", "ring 2", "light 2", "note 2");
        assertThat(BellDomain.calls("gate").get(0).attempt()).isEqualTo(3);
        assertThat(BellDomain.calls("gate").get(0).key()).isEqualTo("bells/ring/gate-1");
    }

    @Test
    void when_a_later_effect_fails_for_good_those_before_it_are_made_up_for_last_first() {
        BellDomain.before = call -> fail(call, "note", "hall");
        BellDomain.press(database, "hall", 1);
        BellDomain.press(database, "hall", 2);
        long position = position("hall", 1);
        awaitState(position, "note", "failed");
        awaitState(position, "ring", "compensated");
        assertThat(state(position, "light")).isEqualTo("compensated");
        assertThat(received("hall")).containsExactly("ring 1", "light 1", "darken 1", "hush 1");
        assertThat(BellDomain.calls("hall"))
                .extracting(Call::key)
                .containsExactly(
                        "bells/ring/hall-1",
                        "bells/light/hall-1",
                        "bells/light/hall-1/compensation",
                        "bells/ring/hall-1/compensation");
        KeptEffect failed = kept(position, "note");
        assertThat(failed.attempts()).isEqualTo(3);
        assertThat(failed.failure()).isEqualTo("IllegalStateException: the wire to hall of *** is cut");
        TestNode.await(() -> {
            Gauge failures = node.get(MeterRegistry.class)
                    .find("changeover.effects.failed")
                    .tag("view", "bells")
                    .gauge();
            return failures != null && failures.value() >= 1;
        });
        assertThat(state(position("hall", 2), "ring")).isEqualTo("pending");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> effects.retry("bells", position, "note", ANN))
                .withMessage(
                        "Effect 'note' of view 'bells' at position %d cannot be done any more: what the event did before it has been made up for; skip it, and do by another event what is still wanted",
                        position)
                .satisfies(e -> assertThat(e.rule()).isEqualTo("effect-compensated"));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> effects.skip("bells", position, "note", Request.by("ann")))
                .withMessage(
                        "Effect 'note' of view 'bells' at position %d is skipped for good, and nothing else will tell why; give a reason",
                        position);
        BellDomain.before = call -> {};
        KeptEffect skipped = effects.skip("bells", position, "note", ANN);
        assertThat(skipped.state()).isEqualTo("skipped");
        assertThat(skipped.decidedBy()).isEqualTo("ann");
        assertThat(skipped.reason()).isEqualTo("seen to it");
        BellNode.awaitQuiet(database);
        assertThat(received("hall")).endsWith("hush 1", "ring 2", "light 2", "note 2");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> effects.retry("bells", position, "note", ANN))
                .withMessage(
                        "Effect 'note' of view 'bells' at position %d is skipped since %s, and only one that is not over can be retried or skipped; leave it",
                        position, skipped.changedAt());
    }

    @Test
    void the_first_effect_of_an_event_that_has_failed_for_good_is_done_when_a_person_retries_it() {
        BellDomain.before = call -> fail(call, "ring", "yard");
        BellDomain.press(database, "yard", 1);
        long position = position("yard", 1);
        awaitState(position, "ring", "failed");
        BellDomain.before = call -> {};
        assertThat(effects.retry("bells", position, "ring", ANN).state()).isEqualTo("pending");
        BellNode.awaitQuiet(database);
        assertThat(received("yard")).containsExactly("ring 1", "light 1", "note 1");
    }

    @Test
    void a_compensation_that_fails_for_good_waits_for_a_person_too() {
        BellDomain.before = call -> {
            fail(call, "light", "loft");
            fail(call, "hush", "loft");
        };
        BellDomain.press(database, "loft", 1);
        long position = position("loft", 1);
        awaitState(position, "ring", "uncompensated");
        assertThat(state(position, "light")).isEqualTo("failed");
        BellDomain.before = call -> {};
        assertThat(effects.retry("bells", position, "ring", ANN).state()).isEqualTo("compensating");
        awaitState(position, "ring", "compensated");
        effects.skip("bells", position, "light", ANN);
        BellNode.awaitQuiet(database);
        assertThat(received("loft")).containsExactly("ring 1", "hush 1");
        // What was to follow in the event is not done alone.
        assertThat(state(position, "note")).isEqualTo("skipped");
    }

    @Test
    void what_is_being_carried_out_is_left_to_it() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        BellDomain.before = call -> {
            begun.countDown();
            await(end);
        };
        BellDomain.press(database, "shed", 1);
        begun.await();
        long position = position("shed", 1);
        try {
            assertThat(kept(position, "ring").claimedBy()).isEqualTo("node");
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> effects.skip("bells", position, "ring", ANN))
                    .withMessage(
                            "Effect 'ring' of view 'bells' at position %d is being carried out by node 'node'; wait until that has ended",
                            position);
        } finally {
            end.countDown();
        }
        BellNode.awaitQuiet(database);
        assertThat(received("shed")).containsExactly("ring 1", "light 1", "note 1");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_no_class_of_this_release_can_do_waits_and_says_what_helps() {
        database.run(
                "insert into changeover.effect (view, position, name, version, ordinal, event_id, aggregate_id) values ('bells', 1, 'gong', 1, 0, 'gone-1', 'gone')");
        try {
            assertThat(kept(1, "gong").failure())
                    .isEqualTo(
                            "No class of this release carries out effect 'gong' of version 'bells@1', to which events were given; deploy a release that has it, or skip each");
            assertThat(kept(1, "gong").state()).isEqualTo("pending");
        } finally {
            assertThat(effects.skip("bells", 1, "gong", ANN).state()).isEqualTo("skipped");
        }
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> effects.retry("bells", 2, "gong", ANN))
                .withMessage("There is no effect 'gong' of view 'bells' at position 2; list the effects of the view");
    }

    @Test
    void an_event_that_cannot_be_read_fails_where_a_person_sees_it() {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('odd', 0, 'Bell', 'odd-1', '{}', convert_to('{"bell":{}}', 'UTF8'), '1', 'bell.pressed',
                    '2026-01-01T00:00:00Z')""");
        long position = position("odd", 1);
        for (String name : List.of("ring", "light", "note")) {
            // Each is tried once the one before it is skipped, and what is being tried cannot be skipped.
            awaitState(position, name, "failed");
            assertThat(kept(position, name).failure()).startsWith("UnreadableEventException: Event odd-1 at position");
            effects.skip("bells", position, name, ANN);
        }
        BellNode.awaitQuiet(database);
    }
}
