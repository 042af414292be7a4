/**
 * Protects readers from a new version while the old one can answer: what fails, hangs or is known to fail is answered by
 * the old version, counted, and held against an error budget.
 */
@NullMarked
package io.changeover.fallback;

import org.jspecify.annotations.NullMarked;
