/**
 * Finds states that should not be, which crashes, backups and hands leave behind, and mends those that are safe to mend.
 */
@NullMarked
package io.changeover.doctor;

import org.jspecify.annotations.NullMarked;
