/**
 * Carries the ordered stream to topics of Kafka, each in the revisions that its readers know: every event once, as a reader
 * of committed records sees it, and in the order of each key.
 */
@NullMarked
package io.changeover.publish;

import org.jspecify.annotations.NullMarked;
