package io.changeover.benchmark.serving.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.serving.Cohort;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.RoutedView;
import io.changeover.serving.Router;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxiedViewTest {

    private final Router router = new Router();
    private final Map<Integer, Object> reads =
            Map.of(1, new MappedNames(Map.of("a", "old")), 2, new MappedNames(Map.of("a", "new")));

    @Test
    void a_proxy_answers_as_the_routed_view_does_that_it_is_compared_with() {
        router.apply(new ChangeoverState(
                Names.VIEW, 1, new Attempt("c1", 1, 2, Phase.SHIFTING, 50, null, null, Instant.EPOCH)));
        Names proxied = ProxiedView.of(Names.VIEW, Names.class, router, reads);
        Names routed = RoutedView.of(Names.VIEW, Names.class, router, reads);

        for (int i = 0; i < 100; i++) {
            String reader = "reader-" + i;
            String expected = Cohort.served(Cohort.of(Names.VIEW, reader), 50) ? "new" : "old";
            assertThat(proxied.byIdFor(reader, "a")).isEqualTo(expected).isEqualTo(routed.byIdFor(reader, "a"));
            assertThat(ReaderContext.<String>call(reader, () -> proxied.byId("a")))
                    .isEqualTo(expected)
                    .isEqualTo(ReaderContext.<String>call(reader, () -> routed.byId("a")));
        }
        assertThat(proxied.byId("a")).isEqualTo("old").isEqualTo(routed.byId("a"));
    }
}
