/** Real processes, killed in the middle, that must end as if nothing had happened. */
@NullMarked
package io.changeover.chaos;

import org.jspecify.annotations.NullMarked;
