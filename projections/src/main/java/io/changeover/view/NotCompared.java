package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Leaves a component of a canonical record out of every comparison. Each report says so, with the reason. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NotCompared {

    /** Why a difference in this component means nothing; never blank. */
    String value();
}
