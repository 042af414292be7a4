package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one version of a view, built by folding events into rows. The class has a nested record for the row, with at
 * least one {@link Key} component, any number of {@link Fold} methods and one {@link Canonical} method; it needs a
 * constructor without parameters and holds no state.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface View {

    /** Name of the view: lower-case words joined by hyphens, at most 40 characters. */
    String name();

    /** Number of this version, 1 or greater; the greater is the newer. */
    int version();
}
