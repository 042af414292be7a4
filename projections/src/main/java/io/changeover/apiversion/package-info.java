/**
 * Versions of a team's HTTP API that end with the view versions they show: clients are told of deprecation and sunset in
 * time, by the state that readers are routed by.
 */
@NullMarked
package io.changeover.apiversion;

import org.jspecify.annotations.NullMarked;
