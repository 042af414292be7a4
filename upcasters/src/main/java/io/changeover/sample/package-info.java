/**
 * Golden samples: stored events of every revision as files, with what people have approved as their meaning today.
 */
@NullMarked
package io.changeover.sample;

import org.jspecify.annotations.NullMarked;
