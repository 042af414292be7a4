/**
 * What an operator can ask for, as one interface: the HTTP API, the command line and the demonstration all go through
 * it, so that a rule holds in one place.
 */
@NullMarked
package io.changeover.operation;

import org.jspecify.annotations.NullMarked;
