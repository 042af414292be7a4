package io.changeover.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import io.changeover.sensitive.Sensitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives the schema of the JSON that Jackson writes for an event class.
 *
 * <p>The result is JSON Schema 2020-12 in one fixed shape: everything inline, {@code type} first, {@code required} for
 * each component whose type is not {@link Nullable}, {@code "null"} among the types of all others, and
 * {@code additionalProperties} false for records and the schema of the values for maps. A component that is
 * {@link Sensitive} has {@code "x-sensitive": true}. There is no {@code $schema}; whoever hands a schema out adds it.
 */
public final class EventSchemas {

    private static final OptionPreset FIELDS_ONLY = new OptionPreset(
            Option.PUBLIC_NONSTATIC_FIELDS,
            Option.NONPUBLIC_NONSTATIC_FIELDS_WITH_GETTERS,
            Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS,
            Option.INLINE_ALL_SCHEMAS,
            Option.ALLOF_CLEANUP_AT_THE_END);

    private EventSchemas() {}

    /**
     * The schema of the class; a new tree each time.
     *
     * @throws UnsupportedEventClassException naming every problem at once: what is no record, a component of a type whose
     *     JSON is not known, a record within itself, a getter that Jackson would write and not read, an annotation of
     *     Jackson that changes the JSON
     */
    public static ObjectNode of(Class<?> eventClass) {
        EventClassCheck.check(eventClass);
        return UniformShape.of(generator().generateSchema(eventClass));
    }

    // A generator keeps state while it works, so each schema has its own.
    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(Json.MAPPER, SchemaVersion.DRAFT_2020_12, FIELDS_ONLY);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(EventSchemas::definition)
                .withPropertySorter((unusedLeft, unusedRight) -> 0)
                .withAdditionalPropertiesResolver((type, context) ->
                        type.getType().isInstanceOf(Record.class) ? Json.MAPPER.valueToTree(false) : null);
        config.forFields()
                .withIgnoreCheck(field -> written(field) == null)
                .withPropertyNameOverrideResolver(EventSchemas::written)
                .withRequiredCheck(field -> !isNullable(field))
                .withNullableCheck(field -> !field.isFakeContainerItemScope() && isNullable(field))
                .withInstanceAttributeOverride((attributes, field, context) -> {
                    if (!field.isFakeContainerItemScope() && isSensitive(field)) {
                        attributes.put(Shape.SENSITIVE, true);
                    }
                });
        return new SchemaGenerator(config.build());
    }

    private static @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        if (PlainType.of(raw).isPresent()) {
            return inline(PlainType.of(raw).get().schema());
        }
        if (raw.isEnum()) {
            ObjectNode schema = Json.object().put("type", "string");
            schema.putArray("enum").addAll(EnumValues.of(raw));
            return inline(schema);
        }
        if (raw == Map.class) {
            ResolvedType values = type.typeParametersFor(Map.class).get(1);
            ObjectNode schema = Json.object().put("type", "object");
            schema.set("additionalProperties", context.createDefinition(values));
            return inline(schema);
        }
        return WrittenProperties.of(raw)
                .soleValue()
                .map(sole ->
                        inline(context.createDefinition(context.getTypeContext().resolve(sole.getRawClass()))))
                .orElse(null);
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
    }

    private static @Nullable String written(FieldScope field) {
        return WrittenProperties.of(field.getDeclaringType().getErasedType())
                .nameOf(field.getDeclaredName())
                .orElse(null);
    }

    private static boolean isNullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean isSensitive(FieldScope field) {
        return Components.isAnnotated(
                field.getDeclaringType().getErasedType(), field.getDeclaredName(), Sensitive.class);
    }
}
