/** Invoices as an application serves them: the view's interface, its reads in both versions, and a node with all verbs. */
@NullMarked
package io.changeover.benchmark.serving.read;

import org.jspecify.annotations.NullMarked;
