package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Compares a component of a canonical record after both sides were normalised, one way after the other in the order
 * given. Each report says so.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Normalised {

    /** Ways that are known here. */
    Normalisation[] value() default {};

    /** Ways of the team's own, applied after those. */
    Class<? extends Normaliser>[] by() default {};

    /** Why the values mean the same. */
    String reason() default "";
}
