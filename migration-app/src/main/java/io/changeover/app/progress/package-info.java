/** How progress and durations are put into words, for whoever shows them on a terminal. */
@NullMarked
package io.changeover.app.progress;

import org.jspecify.annotations.NullMarked;
