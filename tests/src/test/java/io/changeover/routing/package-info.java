/** Which version answers whom while readers are moved: under load, on several nodes, and when the database goes away. */
@NullMarked
package io.changeover.routing;

import org.jspecify.annotations.NullMarked;
