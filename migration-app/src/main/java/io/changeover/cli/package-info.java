/**
 * The {@code changeover} command: it starts the application, and otherwise talks to a running one over its HTTP API. The
 * client needs no Spring, so that it answers at once.
 */
@NullMarked
package io.changeover.cli;

import org.jspecify.annotations.NullMarked;
