package io.changeover.event;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.XStreamException;
import com.thoughtworks.xstream.converters.ErrorWritingException;
import com.thoughtworks.xstream.mapper.CannotResolveClassException;
import com.thoughtworks.xstream.security.ForbiddenClassException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that an older application stored as XML, with XStream, which was Axon's default for years. XML of that kind
 * names the classes that it is to become, so it is read through an explicit list: a type that is neither on it nor one of
 * the plain values and collections of the JDK is refused by name, wherever in the XML it stands, and also where a listed
 * class declares a field of it. No class but those of the list and the JDK's own is so much as loaded.
 *
 * <p>Read as UTF-8, without document type, entities or inclusion. Where several values refer to one object, as XStream
 * writes it, each gets a copy; what would become more than 32 MiB of JSON by that, or refers to itself, is refused.
 * Keys of maps become text by their {@code toString}, numbers and dates of metadata become what JSON has for them.
 *
 * <pre>{@code
 * XStreamHistory.allowing(OrderPlacedXml.class, AddressXml.class)
 *         .aliased("com.acme.old.OrderPlaced", OrderPlacedXml.class)
 * }</pre>
 *
 * <p>Immutable.
 */
public final class XStreamHistory implements LegacyFormat {

    // XML holds the fields of an object and the names of enum constants, so its JSON holds just those.
    private static final ObjectMapper FIELDS = JsonMapper.builder()
            .changeDefaultVisibility(visible -> visible.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                    .withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    // A decimal of the old class must not become the nearest double.
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Set<Class<?>> types;
    private final Map<String, Class<?>> aliases;
    private final ObjectMapper json;
    private final XStream xstream;

    private XStreamHistory(Set<Class<?>> types, Map<String, Class<?>> aliases, ObjectMapper json) {
        this.types = types;
        this.aliases = aliases;
        this.json = json;
        this.xstream = ListedTypes.xstream(types, aliases);
    }

    /** As {@link #allowing(Collection)}. */
    public static XStreamHistory allowing(Class<?>... types) {
        return allowing(Arrays.asList(types));
    }

    /**
     * A reader of XML that may become objects of these classes.
     *
     * @param types each class of an event and each class or enum that its fields hold; fields must be named as they were
     * @throws IllegalArgumentException when one of them cannot be filled from XML, naming each
     */
    public static XStreamHistory allowing(Collection<? extends Class<?>> types) {
        requireOrdinary(types);
        return new XStreamHistory(new LinkedHashSet<>(types), Map.of(), FIELDS);
    }

    /**
     * The same reader, to which the class is known by an old name too, for one that was renamed or moved since. The class
     * is put on the list.
     *
     * @param oldName name of the class or alias as the XML has it, {@code $} for a nested class
     * @throws IllegalArgumentException when the class cannot be filled from XML
     */
    public XStreamHistory aliased(String oldName, Class<?> type) {
        requireOrdinary(List.of(type));
        Set<Class<?>> moreTypes = new LinkedHashSet<>(types);
        moreTypes.add(type);
        Map<String, Class<?>> moreAliases = new LinkedHashMap<>(aliases);
        moreAliases.put(oldName, type);
        return new XStreamHistory(moreTypes, moreAliases, json);
    }

    /**
     * The same reader, whose objects become JSON by this mapper, for classes that are written in a way of their own. The
     * default takes their fields, whether or not there are accessors, and enums by the names of their constants.
     */
    public XStreamHistory writtenBy(ObjectMapper mapper) {
        return new XStreamHistory(types, aliases, mapper);
    }

    private static void requireOrdinary(Collection<? extends Class<?>> types) {
        List<String> records =
                types.stream().filter(Class::isRecord).map(Class::getName).toList();
        if (!records.isEmpty()) {
            throw new IllegalArgumentException(
                    "types %s are records but must be classes, since XStream fills fields after construction; write a class with the fields that the XML has"
                            .formatted(records));
        }
    }

    /** Whether the first byte that is no white space is {@code <}. */
    @Override
    public boolean recognises(byte[] stored) {
        for (byte each : stored) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return each == '<';
            }
        }
        return false;
    }

    @Override
    public ObjectNode payload(byte[] stored) {
        return tree("payload", object("payload", stored));
    }

    @Override
    public ObjectNode metadata(byte[] stored) {
        return tree("metadata", object("metadata", stored));
    }

    private Object object(String what, byte[] stored) {
        try {
            return xstream.fromXML(new InputStreamReader(
                    new ByteArrayInputStream(stored),
                    // A byte that is not UTF-8 would otherwise become a question mark.
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        } catch (XStreamException e) {
            String refused = refusedType(e);
            if (refused != null) {
                throw new LegacyTypeRefusedException(
                        refused, types.stream().map(Class::getName).toList(), e);
            }
            throw new IllegalArgumentException(
                    "the XML of the %s cannot be read: %s; mend the class that stands for it, or look at who stored it"
                            .formatted(what, brief(e)),
                    e);
        }
    }

    private static @Nullable String refusedType(XStreamException refusal) {
        return Stream.<Throwable>iterate(refusal, cause -> cause != null, Throwable::getCause)
                .filter(cause ->
                        cause instanceof ForbiddenClassException || cause instanceof CannotResolveClassException)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse(null);
    }

    /** What went wrong and where, out of the many lines that XStream makes of it. */
    private static String brief(XStreamException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String what = root instanceof ErrorWritingException error ? error.getShortMessage() : root.getMessage();
        String where = failure instanceof ErrorWritingException error ? error.get("path") : null;
        return where == null ? String.valueOf(what) : "%s at %s".formatted(what, where);
    }

    private ObjectNode tree(String what, @Nullable Object value) {
        BoundedBytes written = new BoundedBytes();
        try {
            json.writeValue(written, value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    written.isFull()
                            ? "the XML of the %s is more than %d bytes as JSON, which comes of objects that are referred to many times; look at who stored it"
                                    .formatted(what, BoundedBytes.LIMIT)
                            : "the %s cannot be written as JSON: %s; mend the class that stands for it"
                                    .formatted(what, e.getOriginalMessage()),
                    e);
        }
        JsonNode tree = EXACT.readTree(written.toByteArray());
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("the %s is not an object but %s".formatted(what, tree.getNodeType()));
    }
}
