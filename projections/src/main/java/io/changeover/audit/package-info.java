/**
 * Who did what, when and why: one list over all views, made from what is stored anyway. Nothing of it is a value of a row,
 * so nothing sensitive can get in.
 */
@NullMarked
package io.changeover.audit;

import org.jspecify.annotations.NullMarked;
