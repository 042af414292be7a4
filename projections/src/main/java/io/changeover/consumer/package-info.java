/**
 * Who reads what: consumers as teams declare them, the reads that are counted under their names, and whether anybody still
 * reads a version that is to be given up.
 */
@NullMarked
package io.changeover.consumer;

import org.jspecify.annotations.NullMarked;
