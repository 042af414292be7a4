/**
 * Which version answers, as flags of OpenFeature: ours as a provider for whoever asks by that interface, and a team's own
 * provider as what chooses among the versions that a changeover has opened.
 */
@NullMarked
package io.changeover.flag;

import org.jspecify.annotations.NullMarked;
