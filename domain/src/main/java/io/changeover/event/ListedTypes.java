package io.changeover.event;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.reflection.SunLimitedUnsafeReflectionProvider;
import com.thoughtworks.xstream.core.ClassLoaderReference;
import com.thoughtworks.xstream.core.DefaultConverterLookup;
import com.thoughtworks.xstream.io.xml.MXParserDriver;
import com.thoughtworks.xstream.mapper.Mapper;
import com.thoughtworks.xstream.security.ForbiddenClassException;
import com.thoughtworks.xstream.security.NoTypePermission;
import com.thoughtworks.xstream.security.TypePermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types that XML may become: those on a list, and values and collections of the JDK that do nothing. */
final class ListedTypes implements TypePermission {

    // Types whose construction, comparison and hash code touch nothing but themselves: so no URL, whose hash code asks
    // the network, no File, no Class. By name, since some are hidden and others must not be used here.
    private static final Set<String> OF_THE_JDK = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Short",
            "java.lang.String",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.net.URI",
            "java.sql.Timestamp",
            "java.time.DayOfWeek",
            "java.time.Duration",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.LocalTime",
            "java.time.Month",
            "java.time.MonthDay",
            "java.time.OffsetDateTime",
            "java.time.OffsetTime",
            "java.time.Period",
            "java.time.Year",
            "java.time.YearMonth",
            "java.time.ZoneId",
            "java.time.ZoneOffset",
            "java.time.ZoneRegion",
            "java.time.ZonedDateTime",
            "java.util.ArrayList",
            "java.util.Collection",
            "java.util.Collections$SingletonList",
            "java.util.Collections$SingletonMap",
            "java.util.Collections$SingletonSet",
            "java.util.Currency",
            "java.util.Date",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.List",
            "java.util.Locale",
            "java.util.Map",
            "java.util.Set",
            "java.util.SortedSet",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.UUID",
            "java.util.concurrent.ConcurrentHashMap");

    // Seconds that adding to a collection may take: sets within sets can be made to take for ever.
    private static final int COLLECTION_LIMIT = 1;

    private final Set<Class<?>> listed;

    private ListedTypes(Set<Class<?>> listed) {
        this.listed = listed;
    }

    /** A reader of XML that may become these types alone. */
    static XStream xstream(Set<Class<?>> listed, Map<String, Class<?>> aliases) {
        ListedTypes types = new ListedTypes(listed);
        DefaultConverterLookup converters = new DefaultConverterLookup();
        XStream xstream = new XStream(
                // Fills fields by reflection; the default does it by methods of Unsafe that the JDK is about to remove.
                new SunLimitedUnsafeReflectionProvider(),
                // This parser knows no entities but the five of XML itself, and skips a document type unread.
                new MXParserDriver(),
                new ClassLoaderReference(XStream.class.getClassLoader()),
                (Mapper) null,
                type -> {
                    // XStream's own security asks about types that the XML names, not about those that fields declare.
                    types.require(type);
                    return converters.lookupConverterForType(type);
                },
                converters);
        // Not before now, as XStream finds parts of its own by name too.
        xstream.setClassLoader(new Loader(listed));
        xstream.addPermission(NoTypePermission.NONE);
        xstream.addPermission(types);
        xstream.setCollectionUpdateLimit(COLLECTION_LIMIT);
        xstream.registerConverter(new SortedConverters.OfMaps(xstream.getMapper()));
        xstream.registerConverter(new SortedConverters.OfSets(xstream.getMapper()));
        xstream.registerConverter(new WrappedCollectionConverter(xstream.getMapper()));
        // The order of the XML is the same on every node; that of hash codes is not.
        for (Class<?> type : List.of(Set.class, HashSet.class)) {
            xstream.addDefaultImplementation(LinkedHashSet.class, type);
        }
        for (Class<?> type : List.of(Map.class, HashMap.class)) {
            xstream.addDefaultImplementation(LinkedHashMap.class, type);
        }
        // Names that Axon gives. Its metadata has the form of any map.
        xstream.alias("uuid", UUID.class);
        xstream.alias("meta-data", LinkedHashMap.class);
        xstream.alias("org.axonframework.messaging.MetaData", LinkedHashMap.class);
        aliases.forEach(xstream::alias);
        return xstream;
    }

    private void require(@Nullable Class<?> type) {
        if (!allows(type)) {
            throw new ForbiddenClassException(type);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // XStream's own signature
    public boolean allows(@Nullable Class type) {
        if (type == null || type == Mapper.Null.class) {
            return true;
        }
        Class<?> plain = type;
        while (plain.isArray()) {
            plain = plain.getComponentType();
        }
        return plain.isPrimitive()
                || listed.contains(plain)
                || OF_THE_JDK.contains(plain.getName())
                || WrappedCollectionConverter.TYPES.contains(plain.getName());
    }

    /** Finds the listed classes, whoever has loaded them, and those of the JDK. */
    private static final class Loader extends ClassLoader {

        private final Map<String, Class<?>> byName;

        private Loader(Set<Class<?>> listed) {
            super(null);
            this.byName = listed.stream().collect(Collectors.toMap(Class::getName, type -> type));
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> type = byName.get(name);
            if (type == null) {
                throw new ClassNotFoundException(name);
            }
            return type;
        }
    }
}
