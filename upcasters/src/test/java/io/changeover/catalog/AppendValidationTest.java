package io.changeover.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.sensitive.Sensitive;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.SimpleEventBus;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppendValidationTest {

    @NullMarked
    @EventType(name = "person.named")
    record PersonNamed(String id, @Sensitive String name, @Nullable String note) {}

    private static final EventTypes TYPES = EventTypes.of(List.of(PersonNamed.class));

    private final List<Object> stored = new ArrayList<>();
    private final SimpleEventBus events = SimpleEventBus.builder().build();

    AppendValidationTest() {
        events.registerDispatchInterceptor(new AppendValidation(TYPES, new EventSerializer(TYPES).getObjectMapper()));
        events.subscribe(messages -> messages.forEach(message -> stored.add(message.getPayload())));
    }

    private void publish(Object event) {
        events.publish(GenericEventMessage.asEventMessage(event));
    }

    @Test
    void an_event_that_fits_its_schema_is_stored_and_so_is_one_that_no_class_declares() {
        publish(new PersonNamed("1", "Ann", null));
        publish("something else");
        assertThat(stored).containsExactly(new PersonNamed("1", "Ann", null), "something else");
    }

    @Test
    void an_event_without_a_value_that_its_class_requires_is_not() {
        assertThatThrownBy(() -> publish(new PersonNamed(null, null, null)))
                .isInstanceOf(InvalidEventPayloadException.class)
                .hasMessage(
                        "Event 'person.named@1' was not stored, because it does not fit its schema: field 'id' is null but must be text; field 'name' is a value that is not shown but must be text; correct what writes it");
        assertThat(stored).isEmpty();
    }
}
