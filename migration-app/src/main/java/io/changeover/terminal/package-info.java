/** Figures as people read them in a terminal, alike for the command line and for what the application tells itself. */
@NullMarked
package io.changeover.terminal;

import org.jspecify.annotations.NullMarked;
