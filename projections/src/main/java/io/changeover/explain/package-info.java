/**
 * Why a row is as it is: its events one by one, what each made of it in two versions, where their canonical forms part, and
 * whether what is stored is what its fold makes.
 */
@NullMarked
package io.changeover.explain;

import org.jspecify.annotations.NullMarked;
