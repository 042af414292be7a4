/** What happened at the wholesaler, in today's revisions. These records are stored for ever; see the steps before changing one. */
@NullMarked
package io.changeover.examples.orders.event;

import org.jspecify.annotations.NullMarked;
