/**
 * What a domain team declares: views, their versions, the folds that build them and the canonical shape in which
 * versions are compared. Knows nothing of databases, processors or Spring.
 */
@NullMarked
package io.changeover.view;

import org.jspecify.annotations.NullMarked;
