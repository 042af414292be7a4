/**
 * What a changeover was like: one document from what is stored about it, kept when it is over, to be read by people and
 * held against others. Nothing of it is a value of a row, so nothing sensitive can get in.
 */
@NullMarked
package io.changeover.report;

import org.jspecify.annotations.NullMarked;
