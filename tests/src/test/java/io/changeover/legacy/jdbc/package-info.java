/** An event handling component that writes its table by JDBC, as a view version. */
@NullMarked
package io.changeover.legacy.jdbc;

import org.jspecify.annotations.NullMarked;
