/** The reference: what an application of Axon usually has, a Spring Data JPA projection under Axon's default settings. */
@NullMarked
package io.changeover.benchmark.replay.stock;

import org.jspecify.annotations.NullMarked;
