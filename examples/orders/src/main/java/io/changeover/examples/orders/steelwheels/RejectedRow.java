package io.changeover.examples.orders.steelwheels;

/**
 * A row of the source that the importer could not take over.
 *
 * @param copy number of the copy, from 0
 * @param table table of the source
 * @param key key of the row in the source
 * @param reason why, with the remedy
 * @param row the row or the refused command, whole
 */
public record RejectedRow(int copy, String table, String key, String reason, Object row) {}
