/** The console in a real browser, as the people use it who carry changeovers out. */
@NullMarked
package io.changeover.console;

import org.jspecify.annotations.NullMarked;
