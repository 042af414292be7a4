package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an event handling component that a team has already, with Axon's {@code @EventHandler} methods and tables of
 * its own, as a version of a view. The component stays as it is, but it is run here and no more by Axon's own processors.
 * The class with this annotation has a nested record whose components name the columns of the query in snake case, with
 * {@link Key} components, and one {@link Canonical} method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface HandlerView {

    /** Name of the view. */
    String name();

    /** Number of this version, 1 or greater. */
    int version();

    /** Class of the component, of which the application has one bean. */
    Class<?> handler();

    /**
     * A select without order or limit that returns one row for each entry, with the columns of the record. It reads the
     * component's tables, in the database of the event store.
     */
    String query();

    /**
     * Segments that the version begins with, 1 to 64; each is worked on by a thread. The events of one aggregate always
     * go to one segment, in order. More than one is right only where no two aggregates touch the same row of the
     * component's tables, which nobody but the team can know.
     */
    int segments() default 1;

    /**
     * Name of Axon's event processor that has maintained the component's tables until now. The version then goes on where
     * that processor's tokens stand, and takes the tokens away. Left empty, the version is built from the first event,
     * into tables that must be empty.
     */
    String takesOver() default "";
}
