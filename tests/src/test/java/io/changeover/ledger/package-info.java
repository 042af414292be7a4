/** A small domain of accounts for tests that need to break things: events written by hand, folds that can be told to fail. */
@NullMarked
package io.changeover.ledger;

import org.jspecify.annotations.NullMarked;
