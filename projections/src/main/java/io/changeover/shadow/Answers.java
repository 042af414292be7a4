package io.changeover.shadow;

import io.changeover.shadow.Answer.Form;
import io.changeover.shadow.Answer.Item;
import io.changeover.view.CanonicalForm;
import io.changeover.view.RowKey;
import java.io.Closeable;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.NumericNode;

/** Takes answers of a view apart. */
final class Answers {

    /** What can be used only once, or is not there yet. */
    private static final List<Class<?>> ONCE = List.of(
            BaseStream.class, Iterator.class, Spliterator.class, Future.class, Closeable.class, AutoCloseable.class);

    private final CanonicalForm form;
    private final ObjectWriter json;

    Answers(CanonicalForm form, ObjectMapper json) {
        this.form = form;
        // Else all things of which nothing can be told would say the same.
        this.json = json.writer().with(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    }

    /** Whether what the method returns can be looked at without being used up. */
    static boolean comparable(Method method, @Nullable Object answer) {
        Class<?> type = method.getReturnType();
        return type != void.class
                && type != Void.class
                && ONCE.stream().noneMatch(once -> once.isAssignableFrom(type) || once.isInstance(answer));
    }

    /** @throws NotComparableException when a part of the answer has no form as JSON */
    Answer of(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> map) {
            List<Item> items = new ArrayList<>();
            map.forEach((label, value) -> items.add(item(label, value)));
            return new Answer(Form.MAP, List.copyOf(items));
        }
        if (answer instanceof Collection<?> collection) {
            return of(answer instanceof Set ? Form.SET : Form.LIST, collection);
        }
        if (answer != null && answer.getClass().isArray()) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(answer); i++) {
                elements.add(Array.get(answer, i));
            }
            return of(Form.LIST, elements);
        }
        Object one = unwrapped(answer);
        return one != answer && (one instanceof Collection || one instanceof Map)
                ? of(one)
                : new Answer(Form.ONE, one == null ? List.of() : List.of(item(null, one)));
    }

    private Answer of(Form kind, Collection<? extends @Nullable Object> elements) {
        List<Item> items = new ArrayList<>(elements.size());
        for (Object element : elements) {
            items.add(item(null, element));
        }
        return new Answer(kind, List.copyOf(items));
    }

    private static @Nullable Object unwrapped(@Nullable Object answer) {
        if (answer instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (answer instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        }
        if (answer instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
        if (answer instanceof OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
        return answer;
    }

    private Item item(@Nullable Object label, @Nullable Object value) {
        boolean canonical = form.shape().type().isInstance(value);
        RowKey key = canonical && value != null ? form.shape().key(value) : null;
        String content = canonical ? "" : content(value);
        Object identity = label != null ? content(label) : key != null ? key : content;
        return new Item(identity, label, key, content, value);
    }

    /** What a value says: numbers by value, the fields of an object in any order. */
    String content(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            StringBuilder text = new StringBuilder();
            write(json.valueToTree(value), text);
            return text.toString();
        } catch (JacksonException e) {
            throw new NotComparableException(
                    "An answer of type '%s' has no form as JSON"
                            .formatted(value.getClass().getName()),
                    e);
        }
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            node.propertyStream().forEach(field -> fields.put(field.getKey(), field.getValue()));
            text.append('{');
            fields.forEach((name, value) -> {
                text.append(name.length()).append(':').append(name).append('=');
                write(value, text);
            });
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            node.valueStream().forEach(value -> {
                write(value, text);
                text.append(',');
            });
            text.append(']');
        } else if (node instanceof NumericNode number && !number.isNaN()) {
            text.append(number.decimalValue().stripTrailingZeros());
        } else {
            text.append(node);
        }
    }
}
