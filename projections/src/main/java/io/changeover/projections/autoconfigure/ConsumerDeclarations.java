package io.changeover.projections.autoconfigure;

import io.changeover.consumer.Consumer;
import io.changeover.consumer.ConsumerNameRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * The consumers in the configuration, each under {@code changeover.consumers.<name>}. They are read one by one, because
 * settings stand beside them.
 */
final class ConsumerDeclarations {

    private static final String PREFIX = "changeover.consumers";

    private ConsumerDeclarations() {}

    /**
     * One consumer.
     *
     * @param owner whose it is
     * @param contact whom to ask
     * @param views views or versions that it reads
     * @param apiVersions versions of the HTTP API that it asks; none says that it does not matter
     * @param freshness how old what it reads may be
     * @param readYourWrites whether it must see what it has written itself
     * @param tokenHash SHA-256 of its token in hexadecimal digits
     */
    record Declared(
            @DefaultValue("") String owner,
            @DefaultValue("") String contact,
            @DefaultValue List<String> views,
            @DefaultValue List<String> apiVersions,
            @Nullable Duration freshness,
            @DefaultValue("false") boolean readYourWrites,
            @DefaultValue("") String tokenHash) {

        Consumer as(String name) {
            return new Consumer(
                    name,
                    owner,
                    contact,
                    views,
                    apiVersions,
                    freshness,
                    readYourWrites,
                    tokenHash.toLowerCase(Locale.ROOT));
        }
    }

    static List<Consumer> of(Environment environment) {
        Binder binder = Binder.get(environment);
        Map<String, Object> all =
                binder.bind(PREFIX, Bindable.mapOf(String.class, Object.class)).orElse(Map.of());
        List<Consumer> consumers = new ArrayList<>();
        all.forEach((name, value) -> {
            if (value instanceof Map) {
                consumers.add(declared(binder, name).as(name));
            }
        });
        return consumers;
    }

    /** Of a name that is to be refused nothing else matters, and it may not even stand in the name of a property. */
    private static Declared declared(Binder binder, String name) {
        return ConsumerNameRule.problem(name).isPresent()
                ? new Declared("", "", List.of(), List.of(), null, false, "")
                : binder.bindOrCreate(PREFIX + "." + name, Bindable.of(Declared.class));
    }
}
