package io.changeover.changeover;

import static io.changeover.changeover.Changeovers.*;

import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.HurryStep;
import io.changeover.changeover.ChangeoverCommand.Pause;
import io.changeover.changeover.ChangeoverCommand.RecordParity;
import io.changeover.changeover.ChangeoverCommand.Shift;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A command that names itself is carried out once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OnceTest {

    private static TestExecutor<Changeover> given(Object... events) {
        return new AggregateTestFixture<>(Changeover.class).given(events);
    }

    private static Map<String, String> named(String id) {
        return Map.of(Changeover.COMMAND_ID, id);
    }

    private static Object by(String id, Object event) {
        return GenericEventMessage.asEventMessage(event).andMetaData(named(id));
    }

    @Test
    void its_identifier_stands_with_each_of_its_events() {
        given(REGISTERED)
                .when(new Declare(VIEW, "c1", 2, PLAN, "ann", ""), named("a"))
                .expectEventsMatching(Matchers.sequenceOf(
                        Matchers.predicate(
                                message -> "a".equals(message.getMetaData().get(Changeover.COMMAND_ID))),
                        Matchers.predicate(
                                message -> "a".equals(message.getMetaData().get(Changeover.COMMAND_ID)))));
    }

    @Test
    void a_command_that_comes_again_does_nothing_even_where_the_rules_would_refuse_it_now() {
        given(REGISTERED, by("a", DECLARED))
                .when(new Declare(VIEW, "c9", 2, "ann", ""), named("a"))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        given(ready(by("a", shifted(0, 5)), PAUSED))
                .when(new Shift(VIEW, 5, OLD_IS_DOWN, List.of(), "ann", ""), named("a"))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        given(moved(by("a", COMPLETED)))
                .when(new Complete(VIEW, List.of(), "ann", ""), named("a"))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void what_changes_something_each_time_does_so_once_under_one_identifier() {
        given(ready(by("a", PROVEN)))
                .when(new RecordParity(VIEW, EQUAL, "ann", ""), named("a"))
                .expectNoEvents();
        given(ready(by("a", PROVEN)))
                .when(new RecordParity(VIEW, EQUAL, "ann", ""), named("b"))
                .expectEvents(PROVEN);
        given(ready(by("a", PROVEN)))
                .when(new RecordParity(VIEW, EQUAL, "ann", ""))
                .expectEvents(PROVEN);
    }

    @Test
    void a_command_that_was_refused_can_come_again_under_its_identifier() {
        given(ready())
                .andGivenCommands(List.of())
                .when(new Pause(VIEW, "ann", "lunch"), named("a"))
                .expectEvents(PAUSED);
        given(REGISTERED, DECLARED)
                .when(new HurryStep(VIEW, "ann", ""), named("a"))
                .expectException(ChangeoverRefusedException.class);
    }

    @Test
    void the_last_thousand_identifiers_are_known() {
        Object[] many = new Object[1_001];
        for (int number = 0; number < many.length; number++) {
            many[number] = by("id-" + number, PROVEN);
        }
        given(ready())
                .andGiven(many)
                .when(new RecordParity(VIEW, EQUAL, "ann", ""), named("id-1"))
                .expectNoEvents();
        given(ready())
                .andGiven(many)
                .when(new RecordParity(VIEW, EQUAL, "ann", ""), named("id-0"))
                .expectEvents(PROVEN);
    }
}
