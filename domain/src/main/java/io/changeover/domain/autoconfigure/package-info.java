/** Wires the domain module into a Spring Boot application; its types know nothing of this. */
@NullMarked
package io.changeover.domain.autoconfigure;

import org.jspecify.annotations.NullMarked;
