/**
 * Readers over HTTP, for any servlet application: who reads and what they must not miss is taken from the request, and
 * which versions answered and what the client has seen is told in the response.
 */
@NullMarked
package io.changeover.web;

import org.jspecify.annotations.NullMarked;
