/** An event handling component that writes its table by Spring Data JPA, as a view version. */
@NullMarked
package io.changeover.legacy.jpa;

import org.jspecify.annotations.NullMarked;
