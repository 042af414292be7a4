package io.changeover.app.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler can be asked with {@code ?dryRun=true}: what it does goes through a {@link
 * io.changeover.operation.Request} from {@link Caller}, by which its operation knows. A handler without it refuses such
 * a request, since it would do what was only to be tried.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface TakesDryRun {

    /** Whether the handler answers a dry run in its own words, instead of by a list of what would be done. */
    boolean ownAnswer() default false;
}
