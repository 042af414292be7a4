/**
 * Rebuilding a part of a live version: which homes an operator's target means, and which are enough when only some folds
 * have changed, as far as their code proves it.
 */
@NullMarked
package io.changeover.rebuild;

import org.jspecify.annotations.NullMarked;
