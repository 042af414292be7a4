package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an implementation of a view's interface as the reads of one version. Readers inject the interface and get a
 * router that sends each call to the version that serves it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Serves {

    /** Name of the view. */
    String view();

    /** Number of the version that this implementation reads. */
    int version();
}
