/** The people and tokens that this application keeps itself, and who gave them their rights. */
@NullMarked
package io.changeover.app.access;

import org.jspecify.annotations.NullMarked;
