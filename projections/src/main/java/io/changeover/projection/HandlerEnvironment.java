package io.changeover.projection;

import io.changeover.event.EventTypes;
import java.util.function.Function;
import org.axonframework.config.Configuration;

/**
 * What event handling components need around them.
 *
 * @param components gives the application's instance of a component's class; throws {@link HandlerRefusedException} where
 *     there is not exactly one
 * @param axon Axon's configuration: parameters and definitions of handlers, serializers, and what Axon itself would run
 * @param types events that the application knows
 * @param session what components hold back within a transaction
 */
public record HandlerEnvironment(
        Function<Class<?>, Object> components, Configuration axon, EventTypes types, HandlerSession session) {}
