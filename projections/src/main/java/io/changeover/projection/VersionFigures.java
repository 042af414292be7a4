package io.changeover.projection;

/**
 * What the database tells of a version.
 *
 * @param positions how far each segment has come
 * @param rows number of rows: exact where the table is small or was never analysed, else as the planner estimates it
 * @param deadLetters events that wait because a fold or a handler failed
 */
public record VersionFigures(SegmentPositions positions, long rows, long deadLetters) {}
