/** Many versions on several nodes of one database: what they do to it, and to each other. */
@NullMarked
package io.changeover.fleet;

import org.jspecify.annotations.NullMarked;
