package io.changeover.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says who may sign in to the console, and in which roles. */
@Command(
        name = "person",
        mixinStandardHelpOptions = true,
        description = "Lets people sign in to the console, or not, and gives them roles.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class PersonCommand {

    private static final String PATH = "/api/people";
    private static final String NAME = "Name of the person, such as ann.";

    @Spec
    @Nullable
    CommandSpec spec;

    /** Where a password comes from; never from an argument, which other users of the machine can see. */
    static final class Password {

        @Option(
                names = "--password",
                description =
                        "Ask for the password, or read it from standard input where no terminal is (default: one is made and shown this once).")
        boolean asked;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Adds a person, who must choose a password at the first sign-in.")
    int add(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Mixin Password password,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "A role; may be given several times.")
                    List<String> roles,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("name", name, "roles", roles));
        fields.putAll(given(password, to));
        return to.print(to.client().post(dryRun.of(PATH), fields), ShowAccess::person);
    }

    @Command(mixinStandardHelpOptions = true, description = "Gives a person these roles in place of all others.")
    int roles(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Parameters(index = "0", paramLabel = "NAME", description = NAME) String name,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "ROLE", description = "All roles of the person.")
                    List<String> roles) {
        return change(to, dryRun, name, "roles", Map.of("roles", roles));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Gives a person another password, with which they must choose one of their own.")
    int password(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Mixin Password password,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return change(to, dryRun, name, "password", given(password, to));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets a person sign in no more, and ends their sessions.")
    int disable(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return change(to, dryRun, name, "disable", Map.of());
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets a person sign in again.")
    int enable(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return change(to, dryRun, name, "enable", Map.of());
    }

    private static int change(Connection to, DryRun dryRun, String name, String what, Map<String, ?> fields) {
        String path = "%s/%s/%s".formatted(PATH, ApiClient.segment(name), what);
        return to.print(to.client().post(dryRun.of(path), fields), ShowAccess::person);
    }

    private Map<String, Object> given(Password password, Connection to) {
        return password.asked
                ? Map.of(
                        "password",
                        TypedPassword.read(
                                to.isTerminal(), Objects.requireNonNull(spec).commandLine()))
                : Map.of();
    }
}
