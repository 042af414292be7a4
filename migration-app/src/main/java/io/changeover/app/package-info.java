/** The application: everything an operator needs around the views of any domain on its class path. */
@NullMarked
package io.changeover.app;

import org.jspecify.annotations.NullMarked;
