/**
 * A wholesaler of model cars, as a team would write it on the changeover libraries. This package joins its parts to a
 * Spring Boot application; everything below knows only what it needs.
 */
@NullMarked
package io.changeover.examples.orders;

import org.jspecify.annotations.NullMarked;
