package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A pure function from a row and an event to the next row. Parameters, each at most once and in any order: the row, the
 * event (a class with {@link io.changeover.event.EventType}) and an {@link EventInfo}. Without a row parameter the fold
 * makes a new row, and an existing one is a failure. With a row parameter the row must exist, unless the parameter is
 * {@code @Nullable}. Null as result deletes the row. A failure parks the home of the row: this event and all later ones
 * of the home wait as dead letters while everything else goes on.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Fold {

    /**
     * Names of the event's components that give the key of the row, in the order of the row's {@link Key} components.
     * By default the names of those key components themselves, as far as the event has them; the first must be there.
     */
    String[] key() default {};
}
