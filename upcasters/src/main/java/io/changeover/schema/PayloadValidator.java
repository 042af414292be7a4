package io.changeover.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.changeover.upcast.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds payloads against the schema of their revision. Compiles each schema once, when it is first needed; safe for use
 * by several threads.
 */
public final class PayloadValidator {

    private record Compiled(Shape shape, Schema schema) {}

    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .formats(PayloadFormats.all())
            .keyword(new NonValidationKeyword(Shape.SENSITIVE))
            .build();

    private final SchemaRegistry registry = SchemaRegistry.withDialect(
            DIALECT,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final Map<Revision, Compiled> compiled = new ConcurrentHashMap<>();
    private final Function<Revision, Optional<ObjectNode>> schemas;

    /**
     * A validator of these schemas.
     *
     * @param schemas where the schema of a revision is found, such as {@link SchemaLock#schema}; must answer the same each
     *     time, and not change a schema that it has answered
     */
    public PayloadValidator(Function<Revision, Optional<ObjectNode>> schemas) {
        this.schemas = schemas;
    }

    /** A validator of these schemas. */
    public static PayloadValidator of(Map<Revision, ObjectNode> schemas) {
        Map<Revision, ObjectNode> all = Map.copyOf(schemas);
        return new PayloadValidator(revision -> Optional.ofNullable(all.get(revision)));
    }

    /**
     * What is wrong with the payload, in the order of the paths: each a sentence with the field, its value and the rule.
     * The value of a sensitive field, or of one that holds or should hold such a field, is never in it, nor is the content
     * of an object or a list.
     *
     * @return an empty list when the payload fits; empty when no schema is known for the revision, so that nothing can be
     *     said
     */
    public Optional<List<String>> violations(Revision revision, JsonNode payload) {
        Compiled known = compiled(revision);
        return known == null
                ? Optional.empty()
                : Optional.of(Violations.sentences(
                        known.shape(), payload, known.schema().validate(payload)));
    }

    // An unknown revision is asked for again each time: payloads name revisions freely, and must not fill the memory.
    private @Nullable Compiled compiled(Revision revision) {
        Compiled known = compiled.get(revision);
        return known != null
                ? known
                : schemas.apply(revision)
                        .map(schema -> compiled.computeIfAbsent(revision, first -> compile(schema.deepCopy())))
                        .orElse(null);
    }

    private Compiled compile(ObjectNode schema) {
        return new Compiled(Shape.of(schema), registry.getSchema(schema));
    }
}
