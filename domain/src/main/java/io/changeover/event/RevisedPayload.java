package io.changeover.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payload in a given revision, not necessarily the one that this application's class has. Applied or published in
 * place of the event object it is stored under its own name and revision: this is how a history in old revisions is
 * written.
 *
 * @param name stable event name to store it under
 * @param revision revision to store it under, or null for none
 * @param payload the JSON to store
 */
public record RevisedPayload(String name, @Nullable String revision, JsonNode payload) {}
