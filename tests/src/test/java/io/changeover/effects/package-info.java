/** Effects on the outside world: which version acts on which event, through shifts, failures and crashes. */
@NullMarked
package io.changeover.effects;

import org.jspecify.annotations.NullMarked;
