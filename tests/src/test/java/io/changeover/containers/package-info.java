/** That the files from which containers are made ask for nothing that does not exist; no engine is needed for that. */
@NullMarked
package io.changeover.containers;

import org.jspecify.annotations.NullMarked;
