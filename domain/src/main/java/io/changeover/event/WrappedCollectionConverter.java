package io.changeover.event;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.core.util.HierarchicalStreams;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.mapper.Mapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Arrays.asList}, {@code List.of}, {@code Collections.unmodifiableList} and their like return, as a plain
 * collection with the same members. XStream itself would fill private fields of the JDK, as it once could.
 */
final class WrappedCollectionConverter implements Converter {

    private static final String ARRAY = "java.util.Arrays$ArrayList";
    private static final String OF = "java.util.CollSer";

    static final Set<String> TYPES = Set.of(
            ARRAY,
            OF,
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$EmptySet",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableMap",
            "java.util.Collections$UnmodifiableSet");

    private final Mapper mapper;

    WrappedCollectionConverter(Mapper mapper) {
        this.mapper = mapper;
    }

    @Override
    @SuppressWarnings("rawtypes") // XStream's own signature
    public boolean canConvert(@Nullable Class type) {
        return type != null && TYPES.contains(type.getName());
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        throw new UnsupportedOperationException("nothing is written as XML any more");
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        String type = context.getRequiredType().getName();
        if (type.equals(OF)) {
            return immutable(reader, context);
        }
        if (!reader.hasMoreChildren()) {
            return type.endsWith("Map")
                    ? new LinkedHashMap<>()
                    : type.endsWith("Set") ? new LinkedHashSet<>() : List.of();
        }
        Object wrapped = null;
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            // A list and a sorted collection name what they wrap twice.
            if (wrapped == null) {
                Class<?> declared = type.endsWith("Map") ? Map.class : List.class;
                wrapped = context.convertAnother(
                        context,
                        HierarchicalStreams.readClassAttribute(reader, mapper) == null
                                ? declared
                                : HierarchicalStreams.readClassType(reader, mapper));
            }
            reader.moveUp();
        }
        if (type.equals(ARRAY) && wrapped instanceof Object[] array) {
            return new ArrayList<>(Arrays.asList(array));
        }
        if (wrapped instanceof Collection || wrapped instanceof Map) {
            return wrapped;
        }
        throw new ConversionException("a collection of type %s wraps no collection".formatted(type));
    }

    /** The form of {@code java.util.CollSer}: what it is as a number, how many follow as a number, then these. */
    private Object immutable(HierarchicalStreamReader reader, UnmarshallingContext context) {
        reader.moveDown();
        reader.moveDown();
        reader.moveDown();
        int tag = Integer.parseInt(reader.getValue()) & 0xff;
        reader.moveUp();
        reader.moveUp();
        reader.moveDown();
        reader.moveUp();
        List<Object> members = new ArrayList<>();
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            members.add(context.convertAnother(context, HierarchicalStreams.readClassType(reader, mapper)));
            reader.moveUp();
        }
        reader.moveUp();
        return switch (tag) {
            case 1, 4 -> members;
            case 2 -> new LinkedHashSet<>(members);
            case 3 -> map(members);
            default -> throw new ConversionException("a collection of kind %d is not known".formatted(tag));
        };
    }

    private static Map<Object, Object> map(List<Object> members) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Iterator<Object> each = members.iterator(); each.hasNext(); ) {
            map.put(each.next(), each.next());
        }
        return map;
    }
}
