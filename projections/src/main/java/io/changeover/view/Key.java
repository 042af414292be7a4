package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a row or of a canonical record as part of its key, in the order of declaration. The first key
 * component of a row is its home: events of one home are folded in order, and an event that names only the home touches
 * all its rows. Keys are of type {@code String}, {@code int}, {@code long} or {@code UUID} and never null.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {}
