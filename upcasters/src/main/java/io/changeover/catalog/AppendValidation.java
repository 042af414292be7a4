package io.changeover.catalog;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.schema.EventSchemas;
import io.changeover.schema.PayloadValidator;
import io.changeover.upcast.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds each event against the schema of its class before it is stored, so that a value that its class forbids but Java
 * does not, such as a missing one, never becomes history. Refuses with {@link InvalidEventPayloadException}, which rolls
 * the command back. Events that no class declares pass.
 */
public final class AppendValidation implements MessageDispatchInterceptor<EventMessage<?>> {

    private final EventTypes types;
    private final ObjectMapper json;
    private final PayloadValidator validator;

    /** Validation by the schemas of these classes. */
    public AppendValidation(EventTypes types, ObjectMapper json) {
        this.types = types;
        this.json = json;
        Map<Revision, ObjectNode> schemas = new HashMap<>();
        for (String name : types.names()) {
            Class<?> type = types.classOf(name).orElseThrow();
            if (type.isRecord()) {
                schemas.put(new Revision(name, types.currentRevision(name).orElseThrow()), EventSchemas.of(type));
            }
        }
        this.validator = PayloadValidator.of(schemas);
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        return (index, message) -> {
            EventType type = types.typeOf(message.getPayloadType());
            if (type != null) {
                Revision revision = Revision.of(type.name(), type.revision());
                validator
                        .violations(revision, json.valueToTree(message.getPayload()))
                        .filter(violations -> !violations.isEmpty())
                        .ifPresent(violations -> {
                            throw new InvalidEventPayloadException(revision, violations);
                        });
            }
            return message;
        };
    }
}
