/** What an application tells of its work: traces, logs, health. */
@NullMarked
package io.changeover.observed;

import org.jspecify.annotations.NullMarked;
