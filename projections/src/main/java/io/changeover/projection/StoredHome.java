package io.changeover.projection;

import java.util.List;

/**
 * One home of a version as the database has it at one instant.
 *
 * @param position position up to which the events of the home are applied
 * @param rows its rows
 * @param parked dead letters that wait for it
 */
public record StoredHome(long position, List<StoredRow> rows, int parked) {}
