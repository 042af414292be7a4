package io.changeover.repair;

import java.util.UUID;

/**
 * Who asks for a repair. Kept with every home that it changes.
 *
 * @param id identifier of this repair, one for all of its homes
 * @param actor name of the person or program that asks
 * @param reason why; may be empty
 */
public record RepairRequest(UUID id, String actor, String reason) {}
