package io.changeover.changeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.changeover.ChangeoverCommand.Abort;
import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.StartBackfill;
import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TriedChangeoverTest {

    private static final ViewRegistered REGISTERED = new ViewRegistered("order-board", 1);
    private static final Declared DECLARED = new Declared("order-board", "c1", 1, 2, "ann", "");

    private static TriedChangeover after(ChangeoverEvent... events) {
        return after(MetaData.emptyInstance(), events);
    }

    private static TriedChangeover after(MetaData metaData, ChangeoverEvent... events) {
        return new TriedChangeover(DomainEventStream.of(IntStream.range(0, events.length)
                .mapToObj(i ->
                        new GenericDomainEventMessage<>("Changeover", "changeover:order-board", i, events[i], metaData))
                .toList()));
    }

    @Test
    void a_command_tells_what_it_would_record() {
        assertThat(after(REGISTERED).handle(new Declare("order-board", "c1", 2, "ann", ""), Map.of()))
                .containsExactly(DECLARED);
    }

    @Test
    void a_command_is_tried_on_what_those_before_it_have_decided() {
        TriedChangeover tried = after(REGISTERED, DECLARED);
        assertThat(tried.handle(new StartBackfill("order-board", "ann", ""), Map.of()))
                .containsExactly(new BackfillStarted("order-board", "c1", "ann", ""));
        assertThat(tried.handle(new StartBackfill("order-board", "ann", ""), Map.of()))
                .isEmpty();
        assertThat(tried.handle(new Abort("order-board", "ann", ""), Map.of()))
                .containsExactly(new Aborted("order-board", "c1", "ann", ""));
    }

    @Test
    void a_command_is_refused_as_ever() {
        assertThatExceptionOfType(ChangeoverRefusedException.class)
                .isThrownBy(() ->
                        after(REGISTERED, DECLARED).handle(new Complete("order-board", List.of(), "ann", ""), Map.of()))
                .withMessage(
                        "Version 2 of view 'order-board' serves 0 % of readers, and a changeover is complete only at 100 %; shift to 100 first")
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("complete-before-100"));
    }

    @Test
    void a_command_that_was_carried_out_under_its_identifier_changes_nothing() {
        TriedChangeover tried = after(MetaData.with(Changeover.COMMAND_ID, "once"), REGISTERED, DECLARED);
        assertThat(tried.handle(new StartBackfill("order-board", "ann", ""), Map.of(Changeover.COMMAND_ID, "once")))
                .isEmpty();
    }

    @Test
    void trying_leaves_no_unit_of_work_behind() {
        after(REGISTERED).handle(new Declare("order-board", "c1", 2, "ann", ""), Map.of());
        assertThat(CurrentUnitOfWork.isStarted()).isFalse();
    }
}
