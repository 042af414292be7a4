/**
 * What is planned of a changeover: its steps, what must hold before each, what is done when it does not hold any more,
 * and how the old version ends. A plan is data; who carries it out is another's business.
 */
@NullMarked
package io.changeover.plan;

import org.jspecify.annotations.NullMarked;
