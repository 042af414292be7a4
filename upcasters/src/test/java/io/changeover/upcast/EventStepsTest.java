package io.changeover.upcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.upcast.EventSteps.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventStepsTest {

    @EventType(name = "customer.registered", revision = 3, firstRevision = 3)
    record CustomerRegistered(String givenName, String familyName, String country) {}

    @EventType(name = "order.closed", revision = 2, firstRevision = 2)
    record OrderClosed(String reason) {}

    @EventType(name = "order.archived")
    record OrderArchived(String reason) {}

    private static final EventTypes TYPES =
            EventTypes.of(List.of(CustomerRegistered.class, OrderClosed.class, OrderArchived.class));

    private static final EventTypes ARCHIVE_ONLY = EventTypes.of(List.of(OrderArchived.class));

    private static final EventStep NAME_IN_TWO = EventStep.from("customer.registered", 1)
            .to(
                    2,
                    changes -> changes.custom(
                            "part the name",
                            payload -> {
                                String[] names = payload.path("name").asString().split(" ", 2);
                                payload.remove("name");
                                payload.put("givenName", names[0]).put("familyName", names[1]);
                            },
                            payload -> {
                                String name = payload.path("givenName").asString() + " "
                                        + payload.path("familyName").asString();
                                payload.remove("givenName");
                                payload.remove("familyName");
                                payload.put("name", name);
                            }));

    private static final EventStep WITH_COUNTRY = EventStep.from("customer.registered", 2)
            .to(3, changes -> changes.add("country", "unknown", "the country of a customer"));

    /** Closing an order was closing and archiving in one, or nothing at all when it was a dry run. */
    private static final EventStep CLOSED_AND_ARCHIVED = EventStep.from("order.finished", 1)
            .splitBy("mode", split -> split.drop("dry run", "dry runs").when("close", "order.both", 1, changes -> {}));

    private static final EventStep BOTH = EventStep.from("order.both", 1)
            .splitInto(parts -> parts.also("order.closed", 2, changes -> {}).main("order.archived", 1, changes -> {}));

    private static final EventSteps STEPS =
            EventSteps.of(List.of(WITH_COUNTRY, NAME_IN_TWO, CLOSED_AND_ARCHIVED, BOTH), TYPES);

    private static EventTree tree(String name, String revision, String json) {
        return new EventTree(name, revision, (ObjectNode) JsonMapper.shared().readTree(json));
    }

    private static Predicate<Revision> only(String name, int revision) {
        return Revision.of(name, revision)::equals;
    }

    @Test
    void an_event_goes_up_over_several_steps_to_the_current_revision() {
        assertThat(STEPS.up(tree("customer.registered", "1", "{\"name\":\"Carine Schmitt\"}")))
                .containsExactly(tree(
                        "customer.registered",
                        "3",
                        "{\"givenName\":\"Carine\",\"familyName\":\"Schmitt\",\"country\":\"unknown\"}"));
    }

    @Test
    void a_current_event_stays_as_it_is() {
        EventTree event = tree("customer.registered", "3", "{\"country\":\"FR\"}");

        assertThat(STEPS.up(event)).containsExactly(event);
    }

    @Test
    void an_event_that_no_step_knows_stays_as_it_is() {
        EventTree event = tree("order.audited", "", "{}");

        assertThat(STEPS.up(event)).containsExactly(event);
        assertThat(EventSteps.none(ARCHIVE_ONLY).up(event)).containsExactly(event);
    }

    @Test
    void an_event_is_split_into_several_in_order() {
        assertThat(STEPS.up(tree("order.finished", "1", "{\"reason\":\"done\",\"mode\":\"close\"}")))
                .containsExactly(
                        tree("order.closed", "2", "{\"reason\":\"done\"}"),
                        tree("order.archived", "1", "{\"reason\":\"done\"}"));
    }

    @Test
    void each_part_of_a_split_goes_up_by_its_own_steps() {
        EventStep split = EventStep.from("person.added", 1)
                .splitInto(parts -> parts.main("customer.registered", 1, changes -> changes.add("name", "A B"))
                        .also("order.archived", 1, changes -> {}));

        assertThat(EventSteps.of(List.of(split, NAME_IN_TWO, WITH_COUNTRY), TYPES)
                        .up(tree("person.added", "1", "{}")))
                .extracting(EventTree::key)
                .containsExactly(Revision.of("customer.registered", 3), Revision.of("order.archived", 1));
    }

    @Test
    void a_split_into_nothing_drops_the_event() {
        assertThat(STEPS.up(tree("order.finished", "1", "{\"mode\":\"dry run\"}")))
                .isEmpty();
    }

    @Test
    void an_event_goes_down_to_the_first_revision_that_the_reader_knows() {
        String json = "{\"givenName\":\"Carine\",\"familyName\":\"Schmitt\",\"country\":\"FR\"}";

        assertThat(STEPS.down(tree("customer.registered", "3", json), only("customer.registered", 1)))
                .isEqualTo(tree("customer.registered", "1", "{\"name\":\"Carine Schmitt\"}"));
        assertThat(STEPS.down(
                        tree("customer.registered", "3", json),
                        Set.of(Revision.of("customer.registered", 1), Revision.of("customer.registered", 2))::contains))
                .isEqualTo(tree("customer.registered", "2", "{\"givenName\":\"Carine\",\"familyName\":\"Schmitt\"}"));
    }

    @Test
    void an_event_in_a_revision_that_the_reader_knows_stays_as_it_is() {
        EventTree event = tree("customer.registered", "3", "{\"country\":\"FR\"}");

        assertThat(STEPS.down(event, only("customer.registered", 3))).isEqualTo(event);
    }

    @Test
    void a_part_of_a_split_goes_down_to_what_it_was_split_from() {
        assertThat(STEPS.down(tree("order.archived", "1", "{\"reason\":\"done\"}"), only("order.finished", 1)))
                .isEqualTo(tree("order.finished", "1", "{\"reason\":\"done\",\"mode\":\"close\"}"));
    }

    @Test
    void a_reader_below_the_lowest_revision_is_refused() {
        assertThatExceptionOfType(NoWayDownException.class)
                .isThrownBy(() -> STEPS.down(
                        tree(
                                "customer.registered",
                                "3",
                                "{\"givenName\":\"A\",\"familyName\":\"B\",\"country\":\"FR\"}"),
                        revision -> false))
                .withMessage(
                        "Event 'customer.registered@3' cannot be taken down below 'customer.registered@1': no step declares a way down from there; declare one")
                .satisfies(refused -> {
                    assertThat(refused.from()).isEqualTo(Revision.of("customer.registered", 3));
                    assertThat(refused.stuckAt()).isEqualTo(Revision.of("customer.registered", 1));
                });
    }

    @Test
    void every_name_that_an_event_can_be_read_as_is_known() {
        assertThat(STEPS.namesReachedFrom("order.finished"))
                .containsExactlyInAnyOrder("order.finished", "order.both", "order.closed", "order.archived");
        assertThat(STEPS.namesReachedFrom("customer.registered")).containsExactly("customer.registered");
        assertThat(STEPS.namesReachedFrom("order.audited")).containsExactly("order.audited");
    }

    @Test
    void what_has_to_be_done_with_an_event_follows_from_its_revision_where_none_and_empty_are_different() {
        assertThat(STEPS.reading("customer.registered", "3")).isEqualTo(Reading.CURRENT);
        assertThat(STEPS.reading("customer.registered", "2")).isEqualTo(Reading.UP);
        assertThat(STEPS.reading("customer.registered", null)).isEqualTo(Reading.UNKNOWN);
        assertThat(STEPS.reading("customer.registered", "")).isEqualTo(Reading.UNKNOWN);
        assertThat(STEPS.reading("customer.registered", "4")).isEqualTo(Reading.UNKNOWN);
        assertThat(STEPS.reading("order.audited", "1")).isEqualTo(Reading.FOREIGN);
        EventSteps withoutRevision = EventSteps.of(
                List.of(EventStep.from(Revision.none("order.archived"), Revision.of("order.archived", 0))
                        .to(1, changes -> {})),
                ARCHIVE_ONLY);
        assertThat(withoutRevision.reading("order.archived", null)).isEqualTo(Reading.UP);
        assertThat(withoutRevision.reading("order.archived", "0")).isEqualTo(Reading.UP);
        assertThat(withoutRevision.reading("order.archived", "")).isEqualTo(Reading.UNKNOWN);
    }

    private static List<String> problemsOf(EventStep... steps) {
        try {
            EventSteps.of(List.of(steps), TYPES);
            return List.of();
        } catch (InvalidEventStepsException e) {
            return e.problems();
        }
    }

    private static EventStep step(String name, int revision) {
        return EventStep.from(name, revision).to(revision + 1, changes -> {});
    }

    private static EventStep rename(String from, String to) {
        return EventStep.from(from, 1).to(to, 1, changes -> {});
    }

    @Test
    void two_steps_from_one_revision_are_refused() {
        assertThat(problemsOf(
                        NAME_IN_TWO, WITH_COUNTRY, rename("order.moved", "order.archived"), rename("order.moved", "x")))
                .contains("two steps leave revision 'order.moved@1' but each revision has one; remove one");
    }

    @Test
    void two_ways_down_from_one_revision_are_refused() {
        assertThat(problemsOf(rename("order.moved", "order.archived"), rename("order.hidden", "order.archived")))
                .containsExactly(
                        "two steps lead down from revision 'order.archived@1', to 'order.moved@1' and to 'order.hidden@1', but each revision has one way down; declare one of them 'withoutWayDown'");
    }

    @Test
    void a_chain_that_ends_before_todays_class_is_refused() {
        assertThat(problemsOf(NAME_IN_TWO))
                .containsExactly(
                        "the step from 'customer.registered@1' leads to 'customer.registered@2', which is neither the revision of today's class (3) nor the source of another step; add the missing step or correct the class");
    }

    @Test
    void a_chain_that_leads_beyond_todays_class_is_refused() {
        assertThat(problemsOf(step("order.archived", 1)))
                .containsExactly(
                        "the step from 'order.archived@1' leads to 'order.archived@2', which is neither the revision of today's class (1) nor the source of another step; add the missing step or correct the class");
    }

    @Test
    void a_chain_that_leads_to_no_class_is_refused() {
        assertThat(problemsOf(step("order.audited", 1)))
                .containsExactly(
                        "the step from 'order.audited@1' leads to 'order.audited@2', which is neither the revision of today's class (there is none) nor the source of another step; add the missing step or correct the class");
    }

    @Test
    void a_chain_that_comes_back_to_where_it_began_is_refused() {
        assertThat(problemsOf(rename("a", "b"), rename("b", "a")))
                .containsExactlyInAnyOrder(
                        "the step from 'a@1' leads back to where it began, so an event would go up for ever; let one of the steps lead to a later revision",
                        "the step from 'b@1' leads back to where it began, so an event would go up for ever; let one of the steps lead to a later revision");
    }

    @Test
    void all_problems_are_told_at_once() {
        List<EventStep> steps = new ArrayList<>(
                List.of(step("order.archived", 1), step("order.archived", 1), step("order.audited", 1)));

        assertThatExceptionOfType(InvalidEventStepsException.class)
                .isThrownBy(() -> EventSteps.of(steps, TYPES))
                .withMessage(
                        """
                        The event steps cannot be used:
                          - two steps leave revision 'order.archived@1' but each revision has one; remove one
                          - the step from 'order.archived@1' leads to 'order.archived@2', which is neither the revision of today's class (1) nor the source of another step; add the missing step or correct the class
                          - the step from 'order.audited@1' leads to 'order.audited@2', which is neither the revision of today's class (there is none) nor the source of another step; add the missing step or correct the class""");
    }

    @Test
    void a_step_and_a_tree_tell_what_they_are() {
        assertThat(NAME_IN_TWO).hasToString("step from customer.registered@1");
        assertThat(NAME_IN_TWO.sources()).containsExactly(Revision.of("customer.registered", 1));
        assertThat(Revision.of("order.closed", 2)).hasToString("order.closed@2");
        assertThat(Revision.none("order.closed")).hasToString("order.closed without revision");
        assertThat(Revision.empty("order.closed")).hasToString("order.closed@''");
    }
}
