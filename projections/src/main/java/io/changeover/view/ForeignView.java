package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a table that somebody else maintains as a version of a view, so that it can be compared. The class has a
 * nested record whose components name the columns of the query in snake case, with {@link Key} components, and one
 * {@link Canonical} method. Nothing here ever writes to the table.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ForeignView {

    /** Name of the view. */
    String name();

    /** Number of this version, 1 or greater. */
    int version();

    /** A select without order or limit that returns one row for each entry, with the columns of the record. */
    String query();

    /**
     * A select that returns the position in the event store up to which the table is maintained. Keys touched by later
     * events are in flight. Left empty, the table is taken to be current, but for a moment's delay.
     */
    String position() default "";

    /**
     * Name of the application's data source that leads to the table and its position, where they lie in another database
     * than the event store; it must be PostgreSQL's own driver underneath. Left empty, they lie beside the event store.
     */
    String dataSource() default "";
}
