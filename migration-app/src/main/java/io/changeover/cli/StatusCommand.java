package io.changeover.cli;

import io.changeover.plan.DurationText;
import java.time.Duration;
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

/** Shows where changeovers stand, once or until one is over. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows where changeovers stand.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done; with --watch: the changeover was completed", "1:refused; with --watch: it was aborted"
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(arity = "0..1", paramLabel = "VIEW", description = "Name of one view (default: all open).")
    @Nullable
    String view;

    @Option(
            names = "--watch",
            description =
                    "Follow the changeover of the view until it is over: on a terminal in place, else with a line for each change.")
    boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "How often to look (default: 2s; from PT0.1S to 1h).")
    @Nullable
    String interval;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        if (interval != null && !watch) {
            throw invalid("--interval goes with --watch; add that, or leave it out");
        }
        if (view == null) {
            if (watch) {
                throw invalid("--watch follows one view; name it");
            }
            return to.print(to.client().get("/api/changeovers"), Show::changeovers);
        }
        if (watch) {
            return new Watch(to, view, interval()).untilOver();
        }
        return to.print(to.client().get("/api/changeovers/" + ApiClient.segment(view)), Show::changeover);
    }

    private Duration interval() {
        String text = interval == null ? "2s" : interval;
        return DurationText.parse(text)
                .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> invalid(
                        "--interval '%s' must be a time such as 2s, from PT0.1S to 1h; correct it".formatted(text)));
    }

    private ParameterException invalid(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
