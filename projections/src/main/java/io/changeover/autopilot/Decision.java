package io.changeover.autopilot;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a changeover now.
 *
 * @param move what is done, or null to wait
 * @param waitsFor what is waited for; empty with a move
 * @param verify whether the versions are to be compared meanwhile
 */
record Decision(@Nullable Move move, String waitsFor, boolean verify) {}
