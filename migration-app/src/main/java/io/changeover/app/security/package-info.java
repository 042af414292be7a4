/**
 * Who may operate: whoever holds the API token. Readers of the views need none, which is why the application listens on
 * the loopback interface unless told otherwise; a declared consumer that sends a token of its own reads under its name.
 */
@NullMarked
package io.changeover.app.security;

import org.jspecify.annotations.NullMarked;
