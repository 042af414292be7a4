package io.changeover.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Issues tokens and has them refused. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Issues a token by which a program or a person is let in, or revokes one.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class TokenCommand {

    private static final String PATH = "/api/tokens";

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Issues a token, which is shown this once.",
                "A person's name makes it that person's own, with no more roles than the person has; a declared consumer's, with role consumer, that consumer's."
            })
    int issue(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "A role; may be given several times.")
                    List<String> roles,
            @Option(
                            names = "--view",
                            paramLabel = "VIEW",
                            description = "A view that it is for; may be given several times (default: all).")
                    @Nullable
                    List<String> views,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description = "How long it is good, from 1 to 400 days (default: 90).")
                    @Nullable
                    Integer days,
            @Parameters(paramLabel = "NAME", description = "Whom it names in the audit trail, such as ci.")
                    String name) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("name", name, "roles", roles));
        if (views != null) {
            fields.put("views", views);
        }
        if (days != null) {
            fields.put("days", days);
        }
        return to.print(to.client().post(dryRun.of(PATH), fields), ShowAccess::token);
    }

    @Command(mixinStandardHelpOptions = true, description = "Has a token refused from now on.")
    int revoke(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "ID", description = "Identifier of the token, from 'tokens'.") String id) {
        return to.print(
                to.client().post(dryRun.of("%s/%s/revoke".formatted(PATH, ApiClient.segment(id))), Map.of()),
                ShowAccess::token);
    }
}
