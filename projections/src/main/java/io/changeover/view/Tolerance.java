package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes two numbers or instants of a canonical record for equal when they are close enough: within the absolute bound, or
 * within the relative one. Both bounds are inclusive. Each report says so.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Tolerance {

    /**
     * Greatest distance: a decimal number such as {@code 0.005}, or for instants a duration such as {@code PT1S}. Left
     * empty, there is no absolute bound.
     */
    String absolute() default "";

    /**
     * Greatest distance as a part of the value that is farther from zero, such as {@code 1e-9}. Left empty, there is no
     * relative bound; instants have none.
     */
    String relative() default "";

    /** Why that is close enough. */
    String reason() default "";
}
