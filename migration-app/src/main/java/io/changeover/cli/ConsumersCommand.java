package io.changeover.cli;

import io.changeover.consumer.ConsumerNameRule;
import io.changeover.consumer.ConsumerToken;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who reads what, and tokens for consumers. */
@Command(
        name = "consumers",
        mixinStandardHelpOptions = true,
        description = "Shows who reads what: declared consumers, and whoever else was seen.",
        usageHelpAutoWidth = true)
final class ConsumersCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of one consumer, to see its days (default: all).")
    @Nullable
    String name;

    @Option(names = "--view", paramLabel = "VIEW", description = "Only what is read of this view.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        String query = view == null ? "" : "?view=" + ApiClient.segment(view);
        if (name == null) {
            return to.print(to.client().get("/api/consumers" + query), ShowConsumers::all);
        }
        return to.print(to.client().get("/api/consumers/" + ApiClient.segment(name) + query), ShowConsumers::history);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Makes a token by which a consumer authenticates, and the line of configuration that knows it. Nothing is stored and no server is asked.")
    int token(
            @Mixin LocalOutput output,
            @Parameters(paramLabel = "NAME", description = "Name of the consumer, such as web-shop.") String consumer) {
        ConsumerNameRule.problem(consumer).ifPresent(problem -> {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
        });
        ConsumerToken token = ConsumerToken.fresh(new SecureRandom());
        PrintWriter out = output.words();
        out.printf(
                "token (for the consumer alone, shown this once): %s%nconfiguration: changeover.consumers.%s.token-hash=%s%n",
                token.value(), consumer, token.hash());
        out.flush();
        output.json(Map.of("consumer", consumer, "token", token.value(), "hash", token.hash()));
        return ExitCode.OK;
    }
}
