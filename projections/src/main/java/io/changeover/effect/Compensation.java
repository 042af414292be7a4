package io.changeover.effect;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that makes up for an effect which was done, when a later effect of the same event has failed for good. Its
 * parameters are those of the effect; its key is another. What was done last is made up for first.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Compensation {

    /** Name of the effect, which must be declared in the same class. */
    String value();
}
