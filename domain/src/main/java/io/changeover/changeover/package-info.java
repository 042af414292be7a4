/**
 * The changeover of a view from one version to another, as an event-sourced aggregate. Its events are the audit trail,
 * and what every node routes by is folded from them and from nothing else.
 */
@NullMarked
package io.changeover.changeover;

import org.jspecify.annotations.NullMarked;
