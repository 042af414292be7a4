package io.changeover.flag;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import io.changeover.serving.NotServedException;
import io.changeover.serving.Reader;
import io.changeover.serving.RouteExplanation;
import io.changeover.serving.Router;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider of OpenFeature that answers by the changeovers of this node. Flag {@code changeover.order-board} is the
 * version of that view that answers the targeting key, as a whole number or as a text; attributes {@code principal} and
 * {@code tenant} count for pins.
 */
public final class ChangeoverFlags implements FeatureProvider {

    private final Router router;

    /** Flags by what the router decides. */
    public ChangeoverFlags(Router router) {
        this.router = router;
    }

    @Override
    public Metadata getMetadata() {
        return () -> "changeover";
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(String flag, Integer otherwise, EvaluationContext context) {
        return version(flag, otherwise, context, RouteExplanation::version);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String flag, String otherwise, EvaluationContext context) {
        return version(flag, otherwise, context, route -> Integer.toString(route.version()));
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(String flag, Boolean otherwise, EvaluationContext context) {
        return noSuchType(flag, otherwise);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String flag, Double otherwise, EvaluationContext context) {
        return noSuchType(flag, otherwise);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String flag, Value otherwise, EvaluationContext context) {
        return noSuchType(flag, otherwise);
    }

    private <T> ProviderEvaluation<T> version(
            String flag, T otherwise, @Nullable EvaluationContext context, Function<RouteExplanation, T> value) {
        Optional<String> view = ViewFlag.view(flag);
        if (view.isEmpty() || router.state(view.get()).isEmpty()) {
            return error(
                    otherwise,
                    ErrorCode.FLAG_NOT_FOUND,
                    "Flag '%s' must be 'changeover.' and the name of a view that this node serves; correct it"
                            .formatted(flag));
        }
        try {
            RouteExplanation route = router.explain(view.get(), reader(context));
            return ProviderEvaluation.<T>builder()
                    .value(value.apply(route))
                    .variant(route.view() + "@" + route.version())
                    .reason(reason(route).name())
                    .build();
        } catch (NotServedException e) {
            return error(otherwise, ErrorCode.PROVIDER_NOT_READY, String.valueOf(e.getMessage()));
        }
    }

    private static Reader reader(@Nullable EvaluationContext context) {
        if (context == null) {
            return Reader.of(null);
        }
        return Reader.of(context.getTargetingKey())
                .as(text(context, ViewFlag.PRINCIPAL))
                .ofTenant(text(context, ViewFlag.TENANT));
    }

    private static @Nullable String text(EvaluationContext context, String name) {
        Value value = context.getValue(name);
        return value == null ? null : value.asString();
    }

    private static Reason reason(RouteExplanation route) {
        return switch (route.reason()) {
            case COHORT -> Reason.SPLIT;
            case PRINCIPAL, TENANT, OVERRIDE, FLAG -> Reason.TARGETING_MATCH;
            case CONFIGURATION, SERVING, FRESHNESS, FALLBACK -> Reason.STATIC;
        };
    }

    private static <T> ProviderEvaluation<T> noSuchType(String flag, T otherwise) {
        return error(
                otherwise,
                ErrorCode.TYPE_MISMATCH,
                "Flag '%s' is the number of a version; ask for a whole number or a text".formatted(flag));
    }

    private static <T> ProviderEvaluation<T> error(T otherwise, ErrorCode code, String message) {
        return ProviderEvaluation.<T>builder()
                .value(otherwise)
                .reason(Reason.ERROR.name())
                .errorCode(code)
                .errorMessage(message)
                .build();
    }
}
