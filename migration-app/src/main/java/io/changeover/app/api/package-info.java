/**
 * The operator's verbs over HTTP, as JSON. Answers are the records of the operator's interface; what is refused is a
 * problem detail of RFC 9457 with a type that programs can rely on.
 */
@NullMarked
package io.changeover.app.api;

import org.jspecify.annotations.NullMarked;
