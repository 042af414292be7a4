/** The demonstration: one whole changeover in front of the user, through the same interface that an operator uses. */
@NullMarked
package io.changeover.app.demo;

import org.jspecify.annotations.NullMarked;
