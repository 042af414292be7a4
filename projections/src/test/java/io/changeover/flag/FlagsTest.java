package io.changeover.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.changeover.serving.FlagQuestion;
import io.changeover.serving.Router;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FlagsTest {

    private static final FlagQuestion QUESTION =
            new FlagQuestion("order-board", 1, 2, 25, "ann", 8752, "ann.smith", "acme");

    private static OpenFeatureFlags asking(String domain, Map<String, Flag<?>> flags) throws Exception {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(domain, new InMemoryProvider(flags));
        return new OpenFeatureFlags(api.getClient(domain));
    }

    private static Flag<?> flag(int version) {
        return Flag.builder()
                .variant("chosen", version)
                .defaultVariant("chosen")
                .build();
    }

    @Test
    void the_teams_flag_chooses_the_version() throws Exception {
        assertThat(asking("chooses", Map.of("changeover.order-board", flag(2))).choose(QUESTION))
                .hasValue(2);
    }

    @Test
    void a_flag_is_told_everything_that_it_may_decide_by() throws Exception {
        AtomicReference<EvaluationContext> given = new AtomicReference<>();
        Flag<?> watching = Flag.builder()
                .variant("one", 1)
                .defaultVariant("one")
                .contextEvaluator((flag, context) -> {
                    given.set(context);
                    return 1;
                })
                .build();

        asking("told", Map.of("changeover.order-board", watching)).choose(QUESTION);

        assertThat(given.get().getTargetingKey()).isEqualTo("ann");
        assertThat(given.get().asObjectMap())
                .containsAllEntriesOf(Map.of(
                        "cohort", 8752, "percent", 25, "from", 1, "to", 2, "principal", "ann.smith", "tenant", "acme"));
    }

    @Test
    void without_a_flag_that_says_one_of_the_two_the_cohort_decides() throws Exception {
        assertThat(asking("unknown", Map.of()).choose(QUESTION)).isEmpty();
        assertThat(asking("other", Map.of("changeover.order-board", flag(3))).choose(QUESTION))
                .isEmpty();
        Flag<?> text = Flag.builder().variant("two", "2").defaultVariant("two").build();
        assertThat(asking("text", Map.of("changeover.order-board", text)).choose(QUESTION))
                .isEmpty();
    }

    private static Client ours(Router router) throws Exception {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait("ours", new ChangeoverFlags(router));
        return api.getClient("ours");
    }

    @Test
    void our_own_provider_refuses_what_it_does_not_know() throws Exception {
        Client client = ours(new Router());

        FlagEvaluationDetails<Integer> other = client.getIntegerDetails("dark-mode", 7, new ImmutableContext("ann"));
        assertThat(other.getValue()).isEqualTo(7);
        assertThat(other.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
        assertThat(other.getErrorMessage())
                .isEqualTo(
                        "Flag 'dark-mode' must be 'changeover.' and the name of a view that this node serves; correct it");
        FlagEvaluationDetails<Boolean> truth = client.getBooleanDetails(
                "changeover.order-board", false, new ImmutableContext(Map.of("tenant", new Value("a"))));
        assertThat(truth.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(truth.getReason()).isEqualTo(Reason.ERROR.name());
    }
}
