package io.changeover.upcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FieldOriginsTest {

    @EventType(name = "order.shipped", revision = 2)
    record Shipped(String order, String carrier) {}

    @EventType(name = "order.cancelled", firstRevision = 1)
    record Cancelled(String order) {}

    private static final EventTypes TYPES = EventTypes.of(List.of(Shipped.class, Cancelled.class));

    private static Map<String, String> origins(String field, EventStep... steps) {
        Map<String, String> origins = new TreeMap<>();
        EventSteps.of(List.of(steps), TYPES)
                .fieldOrigins("order.shipped", field)
                .forEach((revision, origin) -> origins.put(revision.toString(), origin.orElse("?")));
        return origins;
    }

    private static Map<String, String> ofOrder(Consumer<Changes> changes) {
        return origins("order", EventStep.from("order.shipped", 1).to(2, changes));
    }

    private static Map<String, String> expected(String first) {
        return Map.of("order.shipped@1", first, "order.shipped@2", "order");
    }

    @Test
    void a_field_that_no_change_names_comes_from_itself() {
        assertThat(ofOrder(payload -> payload.rename("by", "carrier")
                        .add("weight", 1)
                        .nest("who", "given", "family")
                        .each("lines", line -> line.rename("order", "number"))))
                .isEqualTo(expected("order"));
    }

    @Test
    void a_field_that_was_renamed_comes_from_its_former_name() {
        assertThat(ofOrder(payload -> payload.rename("id", "key").rename("key", "order")))
                .isEqualTo(expected("id"));
        assertThat(ofOrder(payload -> payload.move("head.id", "order"))).isEqualTo(expected("?"));
    }

    @Test
    void a_field_that_a_change_makes_or_may_touch_comes_from_nowhere() {
        assertThat(ofOrder(payload -> payload.add("order", "none"))).isEqualTo(expected("?"));
        assertThat(ofOrder(payload -> payload.rename("order", "was").rename("other", "order")))
                .isEqualTo(expected("other"));
        assertThat(ofOrder(payload -> payload.custom("tidy", tree -> {}, tree -> {})))
                .isEqualTo(expected("?"));
        assertThat(ofOrder(payload -> payload.convert("order", Conversions.textToNumber())))
                .isEqualTo(expected("?"));
    }

    @Test
    void a_split_passes_on_what_neither_it_nor_its_case_touches() {
        Map<String, String> origins = origins(
                "order",
                EventStep.from("order.shipped", 1).to(2, payload -> {}),
                EventStep.from("order.changed", 1)
                        .splitBy("status", split -> split.first(payload -> payload.rename("number", "order"))
                                .when("shipped", "order.shipped", 1, payload -> {})
                                .when("cancelled", "order.cancelled", 1, payload -> payload.rename("order", "was"))));
        assertThat(origins)
                .isEqualTo(Map.of("order.changed@1", "number", "order.shipped@1", "order", "order.shipped@2", "order"));
    }

    @Test
    void a_field_of_an_event_that_nothing_leads_to_has_its_own_revision_only() {
        assertThat(EventSteps.of(List.of(EventStep.from("order.shipped", 1).to(2, payload -> {})), TYPES)
                        .fieldOrigins("order.cancelled", "order"))
                .isEqualTo(Map.of(Revision.of("order.cancelled", 1), Optional.of("order")));
    }
}
