/** Who reads: what makes a reader sticky is taken from the request, and which version answered is told in the response. */
@NullMarked
package io.changeover.app.reader;

import org.jspecify.annotations.NullMarked;
