package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows who did what. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Shows who did what, when and why, of all views, the latest first.",
            "Where there are older entries, it says how to go on."
        },
        usageHelpAutoWidth = true)
final class AuditCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Option(names = "--view", paramLabel = "VIEW", description = "Only what was done to this view.")
    @Nullable
    String view;

    @Option(names = "--actor", paramLabel = "ACTOR", description = "Only what this person or program did.")
    @Nullable
    String actor;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from this time on, such as 2027-03-01T00:00:00Z.")
    @Nullable
    String since;

    @Option(names = "--before", paramLabel = "PLACE", description = "Goes on where another answer ended.")
    @Nullable
    String before;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200 (default: 50).")
    int limit = 50;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        String path = "/api/audit?limit=%d%s%s%s%s"
                .formatted(
                        limit,
                        parameter("view", view),
                        parameter("actor", actor),
                        parameter("since", since),
                        parameter("before", before));
        return to.print(to.client().get(path), ShowAudit::page);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&%s=%s".formatted(name, ApiClient.segment(value));
    }
}
