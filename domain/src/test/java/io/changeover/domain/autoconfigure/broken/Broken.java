package io.changeover.domain.autoconfigure.broken;

import io.changeover.event.EventType;

/** An event whose revision breaks the rule. */
@EventType(name = "broken", revision = 0)
public record Broken(String id) {}
