package io.changeover.effect;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that acts on the outside world because of an event. It takes the event and, where it wants it, an
 * {@link EffectCall}; it returns nothing, and what it throws is a failure that is tried again. It is called outside of any
 * transaction, by one thread at a time for each event, in the order of events for each aggregate; after a crash possibly
 * once more with the same key.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Effect {

    /**
     * Name of the effect: lower-case words joined by hyphens. Versions that do the same thing give it the same name, so
     * that its key is the same whichever of them acts.
     */
    String value();

    /** Place among the effects of one event, lowest first; of those with the same number the names decide. */
    int order() default 0;
}
