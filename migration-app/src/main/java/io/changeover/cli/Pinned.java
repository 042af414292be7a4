package io.changeover.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who is pinned: a tenant or a principal, one of them. */
final class Pinned {

    @ArgGroup(multiplicity = "1")
    @Nullable
    Who who;

    /** One of the two. */
    static final class Who {

        @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "All readers of this tenant.")
        @Nullable
        String tenant;

        @Option(
                names = "--principal",
                paramLabel = "NAME",
                required = true,
                description = "The reader that is authenticated under this name.")
        @Nullable
        String principal;
    }

    Map<String, Object> fields() {
        Who one = Objects.requireNonNull(who);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (one.tenant != null) {
            fields.put("tenant", one.tenant);
        } else {
            fields.put("principal", Objects.requireNonNull(one.principal));
        }
        return fields;
    }
}
