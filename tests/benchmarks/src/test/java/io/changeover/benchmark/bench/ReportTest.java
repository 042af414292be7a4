package io.changeover.benchmark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private final Report report = new Report(new PrintStream(out, true, StandardCharsets.UTF_8), nowhere);

    private String line() {
        return out.toString(StandardCharsets.UTF_8).strip().replaceAll(" +", " ");
    }

    @Test
    void gives_the_median_and_the_spread_of_a_figure() {
        report.figure("replay", "s", List.of(3.0, 1.0, 2.0, 10.0));

        assertThat(line()).isEqualTo("replay 2.500 s (1.000 to 10.000, 4 runs)");
    }

    @Test
    void says_by_how_much_a_goal_is_missed_and_takes_it_for_no_failure() {
        report.goal("to tuned Axon", 4, true, 5);

        assertThat(line()).isEqualTo("to tuned Axon 4.000 goal: at least 5.0, MISSED by 20.0 %");
        assertThat(report.wrong()).isEmpty();
    }

    @Test
    void keeps_what_is_wrong_for_the_end() {
        report.require(true, "%d rows as expected", 5);
        report.require(false, "%d rows missing", 2);

        assertThat(report.wrong()).containsExactly("2 rows missing");
        assertThat(line().lines()).containsExactly("right: 5 rows as expected", "WRONG: 2 rows missing");
    }
}
