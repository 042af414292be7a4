/**
 * What a team says about its events as a whole: which there are, who owns them, who reads them in which revision, and
 * what was proven about the steps between revisions. Checks for a build, a start and an append read it, and so does an
 * application that was rolled back behind a later release.
 */
@NullMarked
package io.changeover.catalog;

import org.jspecify.annotations.NullMarked;
