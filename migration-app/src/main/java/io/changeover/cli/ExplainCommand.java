package io.changeover.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the story of one row. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tells why a row is as it is in two versions, event by event, and where these part.",
        usageHelpAutoWidth = true)
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(index = "0", paramLabel = "VIEW", description = "Name of the view, such as sales-fact.")
    @Nullable
    String view;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY",
            description = "Components of the row's key, such as 10100 3, or as one: 10100/3.")
    @Nullable
    List<String> key;

    @Option(
            names = "--left",
            paramLabel = "N",
            description = "One version (default: the one that the open changeover leaves, or else the second highest).")
    @Nullable
    Integer left;

    @Option(
            names = "--right",
            paramLabel = "N",
            description = "The other (default: the one that the open changeover leads to, or else the highest).")
    @Nullable
    Integer right;

    @Option(
            names = "--unmasked",
            description =
                    "Show sensitive values as they are, which takes the role 'unmasked' and is kept in the audit trail.")
    boolean unmasked;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        List<String> parameters = new ArrayList<>();
        Objects.requireNonNull(key).forEach(part -> parameters.add("key=" + encoded(part)));
        if (left != null) {
            parameters.add("left=" + left);
        }
        if (right != null) {
            parameters.add("right=" + right);
        }
        if (unmasked) {
            parameters.add("unmasked=true");
        }
        return to.print(
                to.client()
                        .get("/api/views/%s/explain?%s"
                                .formatted(
                                        ApiClient.segment(Objects.requireNonNull(view)), String.join("&", parameters))),
                ShowExplanation::explanation);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
