package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.LinkedHashMap;
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

/** Shows when superseded versions end, and settles it. */
@Command(
        name = "sunset",
        mixinStandardHelpOptions = true,
        description = {
            "Shows when the superseded versions of a view end; with options settles it for one of them.",
            "From then on, API versions that show it are refused. Clients are told from the day the version is superseded."
        },
        usageHelpAutoWidth = true)
final class SunsetCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Mixin
    @Nullable
    DryRun dryRun;

    @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@1.")
    @Nullable
    VersionId version;

    @Option(names = "--at", paramLabel = "TIME", description = "When it ends, such as 2027-03-01T00:00:00Z.")
    @Nullable
    String at;

    @Option(names = "--link", paramLabel = "URL", description = "Page for those who must move; clients are told.")
    @Nullable
    String link;

    @Option(names = "--withdraw", description = "Let it be answered without an end again.")
    boolean withdraw;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        VersionId id = Objects.requireNonNull(version);
        Map<String, Object> fields =
                new LinkedHashMap<>(Objects.requireNonNull(reason).field());
        String path = "/api/views/%s/versions/%d/sunset".formatted(ApiClient.segment(id.view()), id.version());
        if (withdraw) {
            if (at != null || link != null) {
                throw invalid("--withdraw takes neither --at nor --link; leave them out");
            }
            return server.print(
                    server.client().delete(Objects.requireNonNull(dryRun).of(path), fields), ShowSunsets::one);
        }
        if (at != null) {
            fields.put("at", at);
            if (link != null) {
                fields.put("link", link);
            }
            return server.print(
                    server.client().post(Objects.requireNonNull(dryRun).of(path), fields), ShowSunsets::one);
        }
        if (link != null || !fields.isEmpty() || Objects.requireNonNull(dryRun).asked) {
            throw invalid(
                    "--link, --reason and --dry-run need --at or --withdraw; add one, or leave them out to look only");
        }
        return server.print(
                server.client().get("/api/views/%s/sunsets".formatted(ApiClient.segment(id.view()))), ShowSunsets::all);
    }

    private ParameterException invalid(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
