/** Versions of an HTTP API that end with the view versions they show, through a running application. */
@NullMarked
package io.changeover.apiversion;

import org.jspecify.annotations.NullMarked;
