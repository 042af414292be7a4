/** What monitoring sees of an application, and that alerts and dashboards ask for nothing else. */
@NullMarked
package io.changeover.metrics;

import org.jspecify.annotations.NullMarked;
