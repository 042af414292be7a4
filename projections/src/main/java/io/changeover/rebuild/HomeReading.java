package io.changeover.rebuild;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the homes that an event touches follow from what is stored.
 *
 * @param key what reads the home from the event's class
 * @param code all code between the stored event and its class, or {@link #SEVERAL} where several have been at work
 * @param fields for each revision in which the event may be stored, the field of the stored payload that is the home as it
 *     is; {@link #UNTOLD} where that cannot be told
 */
record HomeReading(String key, String code, SortedMap<String, String> fields) {

    static final String SEVERAL = "several";
    static final String UNTOLD = "?";

    static HomeReading parse(String written) {
        String[] lines = written.split("\n", -1);
        SortedMap<String, String> fields = new TreeMap<>();
        for (int i = 2; i < lines.length; i++) {
            int at = lines[i].lastIndexOf('=');
            fields.put(lines[i].substring(0, at), lines[i].substring(at + 1));
        }
        return new HomeReading(lines[0], lines[1], fields);
    }

    String written() {
        StringBuilder text = new StringBuilder(key).append('\n').append(code);
        fields.forEach((revision, field) ->
                text.append('\n').append(revision).append('=').append(field));
        return text.toString();
    }

    /** The name under which a revision is kept. */
    static String written(String name, @Nullable String revision) {
        return revision == null ? name : name + "@" + revision;
    }

    /** Whether every event that was folded by that code touches the same homes when it is folded by this one. */
    boolean findsTheHomesOf(HomeReading before) {
        if (!key.equals(before.key())) {
            return false;
        }
        return code.equals(before.code())
                || before.fields().entrySet().stream()
                        .allMatch(field -> !field.getValue().equals(UNTOLD)
                                && field.getValue().equals(fields.get(field.getKey())));
    }

    /** Both, for rows that were made partly by the one and partly by the other. */
    HomeReading and(HomeReading other) {
        SortedMap<String, String> all = new TreeMap<>(fields);
        for (Map.Entry<String, String> field : other.fields().entrySet()) {
            all.merge(field.getKey(), field.getValue(), (one, two) -> one.equals(two) ? one : UNTOLD);
        }
        return new HomeReading(key, code.equals(other.code()) ? code : SEVERAL, all);
    }
}
