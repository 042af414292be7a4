/** Fields of what is logged for a request. */
@NullMarked
package io.changeover.app.log;

import org.jspecify.annotations.NullMarked;
