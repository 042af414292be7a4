package io.changeover.catalog;

import io.changeover.domain.autoconfigure.DeclaredClasses;
import io.changeover.event.EventType;
import io.changeover.upcast.Contract;
import io.changeover.upcast.EventStep;
import java.util.List;
import java.util.Set;

/**
 * The events of one team: what its build, its application and everybody who reads its events are told about them. A
 * team names its implementation in {@code META-INF/services/io.changeover.catalog.EventDomain}, so that a build can ask
 * for it without starting an application. Implementations have a public constructor without parameters and answer the
 * same each time; no method answers null.
 *
 * <p>Files that belong to the domain lie in its resources below {@code changeover/<name>/}: the lock file of its schemas
 * and the golden samples of every revision.
 */
public interface EventDomain {

    /** Name of the domain, in lower case with hyphens; unique within an application. */
    String name();

    /** Who decides about these events and is asked before one changes, such as the name of a team. */
    String owner();

    /** Who owns the event of this name, where that is somebody else. */
    default String ownerOf(String event) {
        return owner();
    }

    /** What every change of an event must keep. */
    default Compatibility compatibility() {
        return Compatibility.BACKWARD_TRANSITIVE;
    }

    /** What a change of the event of this name must keep, where that is something else. */
    default Compatibility compatibilityOf(String event) {
        return compatibility();
    }

    /** The event classes of today; by default all with {@link EventType} in the package of this class and below. */
    default List<Class<?>> events() {
        return DeclaredClasses.with(EventType.class, Set.of(getClass().getPackageName()));
    }

    /** All steps between revisions, in no particular order. */
    default List<EventStep> steps() {
        return List.of();
    }

    /** Releases of the application that may be rolled back to, oldest first. */
    default List<Contract> releases() {
        return List.of();
    }

    /** Who reads these events from outside. */
    default List<Consumer> consumers() {
        return List.of();
    }
}
