/**
 * What must hold before a changeover moves on, read from the application's own measures. A gate says what it saw; what
 * follows from that is decided elsewhere.
 */
@NullMarked
package io.changeover.gate;

import org.jspecify.annotations.NullMarked;
