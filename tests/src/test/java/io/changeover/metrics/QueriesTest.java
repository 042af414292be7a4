package io.changeover.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueriesTest {

    @Test
    void metrics_and_labels_are_told_from_functions_words_numbers_and_texts() {
        String query =
                """
                histogram_quantile(0.95, sum by (job, le) (rate(one_bucket{view=~"$view", state!="two_three"}[5m]))) > 1e3
                and on (view) max without (instance) (two{job="a"} offset 5m) or -three == bool 2""";
        assertThat(Queries.metrics(query)).containsExactly("one_bucket", "three", "two");
        assertThat(Queries.labels(query)).containsExactly("instance", "job", "le", "state", "view");
    }
}
