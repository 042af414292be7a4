/**
 * The console: pages for people, rendered here, which show what the operators' verbs answer and ask for what they offer.
 * Nothing is decided here.
 */
@NullMarked
package io.changeover.app.console;

import org.jspecify.annotations.NullMarked;
