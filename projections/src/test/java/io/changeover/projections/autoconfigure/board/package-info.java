/** A view with two classes that serve it, as a team's package would have. */
@NullMarked
package io.changeover.projections.autoconfigure.board;

import org.jspecify.annotations.NullMarked;
