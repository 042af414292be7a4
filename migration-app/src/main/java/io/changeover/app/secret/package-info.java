/** Secrets that the application makes for itself at its first start, in files that only their owner can read. */
@NullMarked
package io.changeover.app.secret;

import org.jspecify.annotations.NullMarked;
