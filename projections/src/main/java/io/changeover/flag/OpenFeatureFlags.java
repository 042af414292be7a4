package io.changeover.flag;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import io.changeover.serving.FlagQuestion;
import io.changeover.serving.VersionFlags;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A team's own provider of OpenFeature as what chooses among the versions that a changeover has opened. Flag
 * {@code changeover.order-board} must be a whole number, one of the two versions; the targeting key is the routing key,
 * and attributes {@code principal}, {@code tenant}, {@code cohort}, {@code percent}, {@code from} and {@code to} are
 * given. A flag that is unknown, is something else or cannot be asked leaves the choice to the cohort, which is logged
 * once for each view and cause.
 */
public final class OpenFeatureFlags implements VersionFlags {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFeatureFlags.class);

    private static final int UNDECIDED = -1;

    private final Client client;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Flags that the client is asked for. */
    public OpenFeatureFlags(Client client) {
        this.client = client;
    }

    @Override
    public OptionalInt choose(FlagQuestion question) {
        FlagEvaluationDetails<Integer> answer =
                client.getIntegerDetails(ViewFlag.of(question.view()), UNDECIDED, context(question));
        if (answer.getErrorCode() != null) {
            tell(question.view(), answer.getErrorCode().name(), String.valueOf(answer.getErrorMessage()));
            return OptionalInt.empty();
        }
        int version = answer.getValue();
        if (version != question.from() && version != question.to()) {
            tell(
                    question.view(),
                    "version",
                    "it says %d, which is neither %d nor %d".formatted(version, question.from(), question.to()));
            return OptionalInt.empty();
        }
        return OptionalInt.of(version);
    }

    private void tell(String view, String cause, String message) {
        if (told.add(view + ' ' + cause)) {
            LOG.warn(
                    "Flag {} does not choose a version, so cohorts do: {}; mend the flag, or set changeover.flags.source to changeover",
                    ViewFlag.of(view),
                    message);
        }
    }

    private static EvaluationContext context(FlagQuestion question) {
        Map<String, Value> attributes = new HashMap<>();
        attributes.put(ViewFlag.COHORT, new Value(question.cohort()));
        attributes.put(ViewFlag.PERCENT, new Value(question.percent()));
        attributes.put(ViewFlag.FROM, new Value(question.from()));
        attributes.put(ViewFlag.TO, new Value(question.to()));
        putText(attributes, ViewFlag.PRINCIPAL, question.principal());
        putText(attributes, ViewFlag.TENANT, question.tenant());
        return question.routingKey() == null
                ? new ImmutableContext(attributes)
                : new ImmutableContext(question.routingKey(), attributes);
    }

    private static void putText(Map<String, Value> attributes, String name, @Nullable String text) {
        if (text != null) {
            attributes.put(name, new Value(text));
        }
    }
}
