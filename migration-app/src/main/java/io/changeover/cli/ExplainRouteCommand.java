package io.changeover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which version answers a reader, and why. */
@Command(
        name = "explain-route",
        mixinStandardHelpOptions = true,
        description = "Says which version of a view answers a reader on the asked node, and why.",
        usageHelpAutoWidth = true)
final class ExplainRouteCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Option(
            names = "--reader",
            paramLabel = "KEY",
            description =
                    "What makes the reader sticky, as in header X-Changeover-Reader (default: a reader without it).")
    @Nullable
    String reader;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "The reader's tenant.")
    @Nullable
    String tenant;

    @Option(names = "--principal", paramLabel = "NAME", description = "Name under which the reader is authenticated.")
    @Nullable
    String principal;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        List<String> query = new ArrayList<>();
        add(query, "reader", reader);
        add(query, "tenant", tenant);
        add(query, "principal", principal);
        String path = "/api/views/%s/route%s"
                .formatted(
                        ApiClient.segment(Objects.requireNonNull(view)),
                        query.isEmpty() ? "" : "?" + String.join("&", query));
        return to.print(to.client().get(path), ShowRoute::route);
    }

    private static void add(List<String> query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + ApiClient.segment(value));
        }
    }
}
