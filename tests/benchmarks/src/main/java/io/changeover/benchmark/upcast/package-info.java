/** What it costs to read an event that has to be taken up, against one that is current. */
@NullMarked
package io.changeover.benchmark.upcast;

import org.jspecify.annotations.NullMarked;
