/** Readers of a new version that fails or hangs, on a real database: none of them sees it. */
@NullMarked
package io.changeover.fallback;

import org.jspecify.annotations.NullMarked;
