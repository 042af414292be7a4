package io.changeover.event;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.converters.collections.CollectionConverter;
import com.thoughtworks.xstream.converters.collections.MapConverter;
import com.thoughtworks.xstream.core.util.HierarchicalStreams;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.mapper.Mapper;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sorted collections in their natural order. XStream's own converters of them open private fields of the JDK. */
final class SortedConverters {

    private SortedConverters() {}

    /** Whether the reader is at an element that says how a collection is sorted, and not at a member. */
    private static boolean atOrder(HierarchicalStreamReader reader, Mapper mapper) {
        if (reader.getNodeName().equals("comparator")) {
            // One that is not listed is refused by name here.
            Class<?> order = HierarchicalStreams.readClassType(reader, mapper);
            throw new ConversionException("a collection sorted by %s cannot be read, only one in its natural order"
                    .formatted(order.getName()));
        }
        return reader.getNodeName().equals("no-comparator");
    }

    static final class OfMaps extends MapConverter {

        OfMaps(Mapper mapper) {
            super(mapper, TreeMap.class);
        }

        @Override
        @SuppressWarnings("rawtypes") // XStream's own signature
        protected void putCurrentEntryIntoMap(
                HierarchicalStreamReader reader, UnmarshallingContext context, Map map, Map target) {
            if (!atOrder(reader, mapper())) {
                super.putCurrentEntryIntoMap(reader, context, map, target);
            }
        }
    }

    static final class OfSets extends CollectionConverter {

        OfSets(Mapper mapper) {
            super(mapper, TreeSet.class);
        }

        @Override
        @SuppressWarnings("rawtypes") // XStream's own signature
        protected void addCurrentElementToCollection(
                HierarchicalStreamReader reader,
                UnmarshallingContext context,
                Collection collection,
                Collection target) {
            if (!atOrder(reader, mapper())) {
                super.addCurrentElementToCollection(reader, context, collection, target);
            }
        }
    }
}
