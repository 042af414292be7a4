package io.changeover.app.console;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the charts of a changeover show.
 *
 * @param node node that has looked
 * @param since when it began to, or null where it has not yet
 * @param everySeconds time between two looks
 * @param times when it looked, as the charts write it
 * @param charts the charts, each with a value for each time
 */
record SeriesAnswer(String node, @Nullable Instant since, long everySeconds, List<String> times, List<Chart> charts) {

    /**
     * A chart.
     *
     * @param name stable name
     * @param title what it shows, with its unit
     * @param lines its lines
     */
    record Chart(String name, String title, List<Line> lines) {

        /** Whether there is nothing to draw. */
        public boolean without() {
            return lines.stream().allMatch(line -> line.values().stream().allMatch(Objects::isNull));
        }
    }

    /**
     * A line.
     *
     * @param label what it is
     * @param style {@code solid}, {@code dashed} or {@code dotted}, so that lines are told apart without colour
     * @param tone number of the colour, from 0
     * @param values a value for each time, null where there is none
     */
    record Line(String label, String style, int tone, List<@Nullable Double> values) {}
}
