/** Readers under load while the new version lies, fails and hangs: none of them may notice more than a wait. */
@NullMarked
package io.changeover.benchmark.serving.fault;

import org.jspecify.annotations.NullMarked;
