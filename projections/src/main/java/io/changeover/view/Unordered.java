package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes two collections of a canonical record for equal when they hold the same elements, each as often, in whatever
 * order. Each report says so.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Unordered {

    /** Why the order means nothing. */
    String reason() default "";
}
