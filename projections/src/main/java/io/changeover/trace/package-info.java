/**
 * What is told of work on views beside its result: spans of the trace in which an event was appended, and fields of log
 * lines. Works, and costs nothing, where no tracer is.
 */
@NullMarked
package io.changeover.trace;

import org.jspecify.annotations.NullMarked;
