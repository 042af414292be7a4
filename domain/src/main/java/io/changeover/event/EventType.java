package io.changeover.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives an event class the name and the revision under which its instances are stored. The name is stable: it never
 * changes when the class is renamed or moved. The revision grows by one with each change of shape, and the step from
 * the revision before is declared in the module of the upcasters.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

    /** Dotted lower-case name such as {@code order.placed}; unique within an application. */
    String name();

    /** The current revision of the class, 1 or greater. */
    int revision() default 1;

    /** The lowest revision that was ever stored; a step must leave it and each one up to {@link #revision}. */
    int firstRevision() default 1;
}
