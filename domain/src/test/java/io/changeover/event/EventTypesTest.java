package io.changeover.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventTypesTest {

    private static final String LONG_NAME = "a2345678901234567890123456789012345678901234567890"
            + "a2345678901234567890123456789012345678901234567890"
            + "a2345678901234567890123456789012345678901234567890"
            + "a2345678901234567890123456789012345678901234567890";

    @EventType(name = "order.placed", revision = 3)
    record OrderPlaced(String orderId) {}

    @EventType(name = "order-2.re-opened")
    record OrderReopened(String orderId) {}

    @EventType(name = "order.placed")
    record AlsoOrderPlaced(String orderId) {}

    @EventType(name = "Order.Placed")
    record UpperCase(String orderId) {}

    @EventType(name = "order.")
    record EndsWithDot(String orderId) {}

    @EventType(name = LONG_NAME)
    record LongestName(String orderId) {}

    @EventType(name = LONG_NAME + "x")
    record TooLongName(String orderId) {}

    @EventType(name = "order.shipped", revision = 0)
    record BelowOne(String orderId) {}

    record Bare(String orderId) {}

    private static List<String> problemsOf(Class<?>... classes) {
        List<Class<?>> all = List.of(classes);
        try {
            EventTypes.of(all);
            return List.of();
        } catch (InvalidEventTypesException e) {
            return e.problems();
        }
    }

    @Test
    void a_name_leads_to_its_class_and_current_revision() {
        EventTypes types = EventTypes.of(List.of(OrderPlaced.class, OrderReopened.class));

        assertThat(types.classOf("order.placed")).contains(OrderPlaced.class);
        assertThat(types.currentRevision("order.placed")).contains("3");
        assertThat(types.currentRevision("order-2.re-opened")).contains("1");
        assertThat(types.typeOf(OrderPlaced.class).name()).isEqualTo("order.placed");
        assertThat(types.names()).containsExactlyInAnyOrder("order.placed", "order-2.re-opened");
    }

    @Test
    void what_is_not_an_event_of_the_application_has_no_type_and_no_class() {
        EventTypes types = EventTypes.of(List.of(OrderPlaced.class));

        assertThat(types.typeOf(Bare.class)).isNull();
        assertThat(types.classOf("order.shipped")).isEmpty();
        assertThat(types.currentRevision("order.shipped")).isEmpty();
    }

    @Test
    void a_class_given_twice_counts_once() {
        assertThat(problemsOf(OrderPlaced.class, OrderPlaced.class)).isEmpty();
    }

    @Test
    void a_class_without_annotation_is_refused() {
        assertThat(problemsOf(Bare.class))
                .containsExactly(
                        "class 'io.changeover.event.EventTypesTest$Bare' has no @EventType; annotate it with a stable name");
    }

    @Test
    void a_name_that_is_not_dotted_lower_case_is_refused() {
        assertThat(problemsOf(UpperCase.class))
                .containsExactly(
                        "event name 'Order.Placed' of class 'io.changeover.event.EventTypesTest$UpperCase' must be dotted lower case such as 'order.placed' with at most 200 characters; change the annotation");
        assertThat(problemsOf(EndsWithDot.class))
                .containsExactly(
                        "event name 'order.' of class 'io.changeover.event.EventTypesTest$EndsWithDot' must be dotted lower case such as 'order.placed' with at most 200 characters; change the annotation");
    }

    @Test
    void a_name_has_at_most_200_characters() {
        assertThat(problemsOf(LongestName.class)).isEmpty();
        assertThat(problemsOf(TooLongName.class))
                .containsExactly(
                        "event name '%sx' of class 'io.changeover.event.EventTypesTest$TooLongName' must be dotted lower case such as 'order.placed' with at most 200 characters; change the annotation"
                                .formatted(LONG_NAME));
    }

    @Test
    void a_revision_below_one_is_refused() {
        assertThat(problemsOf(BelowOne.class))
                .containsExactly("revision 0 of event 'order.shipped' must be 1 or greater; change the annotation");
    }

    @Test
    void two_classes_with_one_name_are_refused() {
        assertThat(problemsOf(OrderPlaced.class, AlsoOrderPlaced.class))
                .containsExactly(
                        "event name 'order.placed' must belong to one class but is on 'io.changeover.event.EventTypesTest$OrderPlaced' and 'io.changeover.event.EventTypesTest$AlsoOrderPlaced'; rename one");
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_the_classes() {
        assertThatExceptionOfType(InvalidEventTypesException.class)
                .isThrownBy(() -> EventTypes.of(List.of(Bare.class, BelowOne.class, EndsWithDot.class)))
                .withMessage(
                        """
                        The event classes cannot be used:
                          - class 'io.changeover.event.EventTypesTest$Bare' has no @EventType; annotate it with a stable name
                          - revision 0 of event 'order.shipped' must be 1 or greater; change the annotation
                          - event name 'order.' of class 'io.changeover.event.EventTypesTest$EndsWithDot' must be dotted lower case such as 'order.placed' with at most 200 characters; change the annotation""");
    }
}
