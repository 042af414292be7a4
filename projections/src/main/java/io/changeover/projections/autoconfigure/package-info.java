/** Wires the projections module into a Spring Boot application; its types know nothing of Spring's container. */
@NullMarked
package io.changeover.projections.autoconfigure;

import org.jspecify.annotations.NullMarked;
