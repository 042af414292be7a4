package io.changeover.changeover;

/**
 * What a comparison of two versions found, as far as the rules of a changeover need it.
 *
 * @param verdict {@code EQUAL}, {@code DIFFERENT} or {@code NOT_COMPARABLE}
 * @param oldPosition position of the old version at the comparison
 * @param newPosition position of the new version at the comparison
 * @param rowsCompared rows that were compared
 * @param inFlight rows that could not be compared
 * @param differences rows that differ, are missing or are extra
 */
public record ParityFigures(
        String verdict, long oldPosition, long newPosition, long rowsCompared, long inFlight, long differences) {

    boolean equal() {
        return verdict.equals("EQUAL");
    }
}
