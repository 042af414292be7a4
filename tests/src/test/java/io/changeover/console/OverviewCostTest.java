package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.operation.ViewStatus;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What asking for all views at once answers, and what it costs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OverviewCostTest {

    private static final int VIEWS = 12;
    private static final int MOST_STATEMENTS = 10;

    @Test
    void all_views_are_told_as_each_of_them_and_by_a_few_statements() {
        try (TestDatabase database = TestDatabase.empty();
                TestNode node = TestNode.start(
                        database,
                        Map.of(
                                ManyViews.COUNT,
                                Integer.toString(VIEWS),
                                "spring.autoconfigure.exclude",
                                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                        + TestNode.WITHOUT_JPA),
                        ManyViews.Known.class,
                        CountedStatements.Counting.class)) {
            Operations operations = node.operations();
            operations.declare(ManyViews.name(1), 2, Request.by("test"));
            operations.declare(ManyViews.name(2), 2, Request.by("test"));
            node.backfill(ManyViews.name(2));
            for (int number = 1; number <= VIEWS; number++) {
                node.awaitCaughtUp(ManyViews.name(number) + "@1");
            }
            node.awaitCaughtUp(ManyViews.name(2) + "@2");

            CountedStatements.countThreads(Thread.currentThread().getName());
            List<ViewStatus> all = operations.views();
            assertThat(CountedStatements.count()).isBetween(1L, (long) MOST_STATEMENTS);

            assertThat(all).hasSize(VIEWS);
            assertThat(all.stream().map(ViewStatus::changeover).filter(Objects::nonNull))
                    .hasSize(2);
            assertThat(all)
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*elapsed", ".*eventsPerSecond")
                    .isEqualTo(all.stream()
                            .map(view -> operations.view(view.view()))
                            .toList());
        }
    }
}
