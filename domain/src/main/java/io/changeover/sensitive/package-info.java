/** Which values concern people or secrets, so that nothing shows them by accident. */
@NullMarked
package io.changeover.sensitive;

import org.jspecify.annotations.NullMarked;
