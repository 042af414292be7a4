/** New orders that keep coming in after the import, so that a running changeover can be watched under live writes. */
@NullMarked
package io.changeover.examples.orders.traffic;

import org.jspecify.annotations.NullMarked;
