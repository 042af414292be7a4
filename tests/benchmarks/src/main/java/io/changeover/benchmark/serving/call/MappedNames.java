package io.changeover.benchmark.serving.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names in memory. */
record MappedNames(Map<String, String> names) implements Names {

    @Override
    public @Nullable String byId(String id) {
        return names.get(id);
    }

    @Override
    public @Nullable String byIdFor(String reader, String id) {
        return names.get(id);
    }
}
