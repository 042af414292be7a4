/** A component that Axon has run so far, declared as a view version that takes over where Axon's processor stands. */
@NullMarked
package io.changeover.legacy.takeover;

import org.jspecify.annotations.NullMarked;
