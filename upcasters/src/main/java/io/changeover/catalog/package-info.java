/**
 * What a team says about its events as a whole: which there are, who owns them, who reads them in which revision, and
 * what was proven about the steps between revisions.
 */
@NullMarked
package io.changeover.catalog;

import org.jspecify.annotations.NullMarked;
