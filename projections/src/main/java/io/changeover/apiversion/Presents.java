package io.changeover.apiversion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An endpoint, or every endpoint of a controller, shows what a view holds in the shape of one of its versions. Whichever
 * version answers inside, clients of the endpoint are told when that one is deprecated, and are refused after its sunset.
 * The endpoint's mapping must name an API version.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Presents {

    /** Name of the view, which must be declared. */
    String view();

    /** Number of the version whose shape is shown; the version itself need not be declared any more. */
    int version();
}
