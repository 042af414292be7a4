package io.changeover.effect;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose methods act on the outside world for one version of a view. It acts where there is a bean of it, and
 * only on events that come while its version is the one that acts: never on history, in a backfill or in a rebuild.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Effects {

    /** Name of the view. */
    String view();

    /** Number of the version, which must be declared. */
    int version();
}
