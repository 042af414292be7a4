/**
 * Why an application may decline to start, told to the operator as the value, the rule and the remedy instead of a stack
 * trace.
 */
@NullMarked
package io.changeover.app.start;

import org.jspecify.annotations.NullMarked;
