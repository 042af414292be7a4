package io.changeover.freshness;

import static io.changeover.freshness.KnownVersions.NEW;
import static io.changeover.freshness.KnownVersions.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.changeover.freshness.ReadBehindException.Outcome;
import io.changeover.projection.VersionState.Stage;
import io.changeover.serving.FreshRead;
import io.changeover.serving.ReadPosition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProjectionFreshnessTest {

    private final KnownVersions known = new KnownVersions();
    private final ProjectionFreshness freshness = new ProjectionFreshness(known, FreshnessOptions.defaults());

    @AfterEach
    void close() {
        freshness.close();
    }

    private int ask(ReadPosition after, Integer... instead) {
        return freshness.answering(new FreshRead("order-board", 1, List.of(instead), after, Duration.ZERO));
    }

    private ReadBehindException refused(ReadPosition after, Integer... instead) {
        return catchThrowableOfType(ReadBehindException.class, () -> ask(after, instead));
    }

    @Test
    void the_version_that_was_to_answer_does_where_it_has_come_far_enough() {
        known.at(OLD, 50);
        known.at(NEW, 60);

        assertThat(ask(ReadPosition.at(50), 2)).isEqualTo(1);
    }

    @Test
    void what_is_known_to_be_there_is_not_looked_up_again() {
        known.at(OLD, 50);
        ask(ReadPosition.at(50));
        int looks = known.asked.get();

        ask(ReadPosition.at(49));

        assertThat(known.asked).hasValue(looks);
    }

    @Test
    void another_version_answers_where_it_has_come_further() {
        known.at(OLD, 50);
        known.at(NEW, 60);

        assertThat(ask(ReadPosition.at(55), 2)).isEqualTo(2);
    }

    @Test
    void a_reader_waits_until_the_version_has_come_far_enough() {
        known.at(OLD, 50);
        Thread later = new Thread(() -> {
            while (known.asked.get() < 3) {
                Thread.onSpinWait();
            }
            known.at(OLD, 55);
        });
        later.start();

        int version = freshness.answering(
                new FreshRead("order-board", 1, List.of(), ReadPosition.at(55), Duration.ofSeconds(30)));

        assertThat(version).isEqualTo(1);
        assertThat(known.asked.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void says_where_the_version_is_when_the_time_is_over() {
        known.at(OLD, 50);

        assertThat(refused(ReadPosition.at(55)))
                .hasMessage(
                        "Version 'order-board@1' is at position 50 but the reader must not miss position 55, and 0 ms were not enough to get there; ask again in a moment")
                .satisfies(e -> {
                    assertThat(e.outcome()).isEqualTo(Outcome.TIMED_OUT);
                    assertThat(e.view()).isEqualTo("order-board");
                    assertThat(e.version()).isEqualTo(1);
                    assertThat(e.wanted()).isEqualTo(55);
                    assertThat(e.reached()).isEqualTo(50);
                });
    }

    @Test
    void a_version_that_is_being_built_is_not_waited_for() {
        known.in(OLD, Stage.BACKFILLING, null);
        ReadBehindException building = refused(ReadPosition.at(30));
        assertThat(building.outcome()).isEqualTo(Outcome.REBUILDING);
        assertThat(building)
                .hasMessage(
                        "Version 'order-board@1' is being built, so it cannot show position 30; ask again once it is live, or read another version");

        known.in(OLD, Stage.PAUSED, null);
        assertThat(refused(ReadPosition.at(30)))
                .hasMessageContaining("is not finished and its building is paused, so it cannot show position 30");
        known.in(OLD, Stage.CANCELLED, null);
        assertThat(refused(ReadPosition.at(30))).hasMessageContaining("was cancelled and has to be built again");
        known.looks.remove(OLD);
        assertThat(refused(ReadPosition.at(30))).hasMessageContaining("was never built");
    }

    @Test
    void a_version_whose_building_has_failed_says_why() {
        known.in(OLD, Stage.FAILED, "the disk is full");

        ReadBehindException failed = refused(ReadPosition.at(30));

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed)
                .hasMessage(
                        "Version 'order-board@1' cannot show position 30: its backfill has failed: the disk is full; mend that and resume it");
    }

    @Test
    void a_version_that_has_stopped_says_why_unless_it_had_come_far_enough() {
        known.in(OLD, Stage.LIVE, "the component is gone");
        assertThat(ask(ReadPosition.at(40))).isEqualTo(1);

        ReadBehindException failed = refused(ReadPosition.at(41));

        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed)
                .hasMessage(
                        "Version 'order-board@1' cannot show position 41: it is at position 40 and has stopped: the component is gone; mend that, then ask again");
    }

    @Test
    void a_version_that_has_put_the_event_aside_does_not_answer_for_it() {
        known.parked.put(OLD, 45L);
        known.at(OLD, 50);
        known.at(NEW, 50);

        assertThat(ask(new ReadPosition(44, 46), 2)).isEqualTo(2);
        assertThat(ask(new ReadPosition(46, 47))).isEqualTo(1);
        ReadBehindException failed = refused(new ReadPosition(44, 46));
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed)
                .hasMessage(
                        "Version 'order-board@1' cannot show position 46: an event from position 44 to 46 waits as a dead letter, so its rows do not show it; list the dead letters and retry them");
    }

    @Test
    void nobody_knows_how_far_a_foreign_version_has_come() {
        known.foreign = true;

        assertThat(refused(ReadPosition.at(1)))
                .hasMessage(
                        "Version 'order-board@1' cannot show position 1: it is maintained by somebody else, and how far it has come is not known");
        assertThat(freshness.shown("order-board", 1, ReadPosition.at(0))).isEqualTo(ReadPosition.at(0));
    }

    @Test
    void a_position_beyond_the_store_is_refused_at_once() {
        known.at(OLD, 50);

        assertThatThrownBy(() -> freshness.answering(
                        new FreshRead("order-board", 1, List.of(2), ReadPosition.at(101), Duration.ofSeconds(30))))
                .isInstanceOf(UnwrittenPositionException.class)
                .hasMessage(
                        "Position 101 was never written; the store ends at 100. Send a position that this application has given, or 0 to be told one");
    }

    @Test
    void who_presents_nothing_is_only_told_a_position() {
        known.looks.put(OLD, new Look(Stage.LIVE, null, 50, 57, false));

        assertThat(ask(ReadPosition.at(0))).isEqualTo(1);
        assertThat(freshness.shown("order-board", 1, ReadPosition.at(0))).isEqualTo(ReadPosition.at(57));
    }

    @Test
    void an_answer_does_not_count_when_the_version_was_taken_away_meanwhile() {
        known.at(OLD, 50);
        ask(ReadPosition.at(50));
        assertThat(freshness.shown("order-board", 1, ReadPosition.at(50))).isEqualTo(ReadPosition.at(50));

        known.in(OLD, Stage.BACKFILLING, null);
        assertThatThrownBy(() -> freshness.shown("order-board", 1, ReadPosition.at(50)))
                .hasMessageContaining("is being built");
        assertThat(refused(ReadPosition.at(50)).outcome()).isEqualTo(Outcome.REBUILDING);

        known.at(OLD, 20);
        assertThatThrownBy(() -> freshness.shown("order-board", 1, ReadPosition.at(50)))
                .hasMessage(
                        "Version 'order-board@1' was built anew while it was asked and is at an earlier position, so it cannot show position 50; ask again once it is live, or read another version");
    }

    @Test
    void a_transaction_that_goes_on_showing_what_there_was_is_refused() {
        known.at(OLD, 50);
        TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(
                TransactionDefinition.ISOLATION_REPEATABLE_READ);
        try {
            assertThatThrownBy(() -> ask(ReadPosition.at(50)))
                    .hasMessage(
                            "View 'order-board' was read after position 50 in a transaction with isolation REPEATABLE_READ, which goes on showing what there was when it began; read it outside the transaction, or with READ_COMMITTED");
        } finally {
            TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(null);
        }
    }
}
