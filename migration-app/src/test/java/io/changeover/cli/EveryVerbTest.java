package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What every verb has; one that is added later is held to it without a change here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryVerbTest {

    private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks");
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "changeover", "cli");

    /** These only read, so there is nothing to be tried. */
    private static final Set<String> READING = Set.of(
            "audit",
            "comparison status",
            "comparisons",
            "completion",
            "consumers",
            "consumers token",
            "dead-letters",
            "differences",
            "drift",
            "events check",
            "events list",
            "events rollback-report",
            "events show",
            "explain",
            "explain-route",
            "export",
            "fallbacks",
            "impact",
            "nodes",
            "people",
            "repairs",
            "schemas check",
            "self-check",
            "shadow",
            "simulate",
            "status",
            "tokens",
            "view",
            "views");

    /** These change something, and no audit trail asks them for a reason. */
    private static final Set<String> WITHOUT_REASON = Set.of(
            "retry",
            "throttle",
            "samples mine",
            "samples approve",
            "schemas accept",
            "token issue",
            "token revoke",
            "person add",
            "person roles",
            "person password",
            "person disable",
            "person enable");

    /** What these write to standard output is a file already; 'export' and 'report' name their own forms by --format. */
    private static final Set<String> FILES = Set.of("completion", "export", "report");

    /** A verb by its whole name, such as {@code events show}; a group of verbs that does nothing by itself is none. */
    record Verb(String name, CommandLine command) {

        private String first() {
            return name.split(" ", 2)[0];
        }

        CommandSpec spec() {
            return command.getCommandSpec();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Verb> verbs() {
        List<Verb> verbs = new ArrayList<>();
        ChangeoverCommand.commandLine(Map.of())
                .getSubcommands()
                .forEach((name, command) -> collect(name, command, verbs));
        return verbs;
    }

    private static void collect(String name, CommandLine command, List<Verb> verbs) {
        boolean acts = command.getCommandSpec().userObject() instanceof java.util.concurrent.Callable
                || command.getCommandSpec().userObject() instanceof java.lang.reflect.Method;
        if (acts) {
            verbs.add(new Verb(name, command));
        }
        command.getSubcommands().forEach((each, sub) -> collect(name + " " + each, sub, verbs));
    }

    @Test
    void the_walk_finds_verbs_of_methods_of_classes_and_of_groups() {
        assertThat(verbs()).extracting(Verb::name).contains("shift", "drift", "events show", "consumers");
        assertThat(verbs()).extracting(Verb::name).doesNotContain("events");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_says_what_it_does(Verb verb) {
        assertThat(verb.spec().usageMessage().description()).isNotEmpty();
        assertThat(verb.spec().optionsMap()).containsKey("--help");
        assertThat(verb.spec().positionalParameters())
                .allSatisfy(parameter -> assertThat(parameter.paramLabel()).isUpperCase());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_names_its_exit_codes(Verb verb) {
        assertThat(verb.spec().usageMessage().exitCodeList()).containsKey("0");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_answers_in_a_form_for_programs(Verb verb) {
        if (!FILES.contains(verb.name())) {
            assertThat(verb.spec().optionsMap()).containsKey("--output");
            assertThat(verb.spec().optionsMap().get("--output").typeInfo().isEnum())
                    .as("--output takes table or json")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_that_changes_something_can_be_tried(Verb verb) {
        boolean tried = verb.spec().optionsMap().containsKey("--dry-run");
        if (READING.contains(verb.name())) {
            assertThat(tried).as("%s only reads", verb).isFalse();
        } else if (verb.spec().optionsMap().containsKey("--reason") || WITHOUT_REASON.contains(verb.name())) {
            assertThat(tried).as("%s has --dry-run", verb).isTrue();
        }
    }

    @Test
    void every_verb_of_today_is_known_to_read_or_to_change_something() {
        assertThat(verbs())
                .extracting(Verb::name)
                .containsAll(READING)
                .containsAll(WITHOUT_REASON)
                .contains("declare", "shift", "repair", "rebuild", "compare", "reconcile", "sunset", "pin");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_has_a_runbook(Verb verb) {
        assertThat(List.of(
                        RUNBOOKS.resolve(verb.first() + ".md"),
                        RUNBOOKS.resolve(verb.name().replace(' ', '-') + ".md")))
                .anySatisfy(page -> assertThat(page).exists());
    }

    @Test
    void a_source_that_uses_an_exit_code_of_its_own_names_it() throws IOException {
        Map<String, String> codes = Map.of("DIFFERENT", "4", "NOT_COMPARABLE", "5", "UNREADABLE", "6");
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.filter(path -> path.toString().endsWith("Command.java"))
                    .toList()) {
                String text = Files.readString(source);
                codes.forEach((name, code) -> {
                    if (text.contains("ExitCode." + name)) {
                        assertThat(text).as(source + " names exit code " + code).contains("\"" + code + ":");
                    }
                });
            }
        }
    }

    @Test
    void runbooks_link_to_pages_that_are_there() throws IOException {
        Pattern link = Pattern.compile("]\\(([^)#:]+\\.md)\\)");
        List<String> missing = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(RUNBOOKS)) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                link.matcher(Files.readString(page))
                        .results()
                        .map(found -> found.group(1))
                        .filter(target -> !Files.exists(page.resolveSibling(target)))
                        .forEach(target -> missing.add(page.getFileName() + " to " + target));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void the_shell_completes_verbs_and_their_options() {
        CommandRun run = CommandRun.of(Map.of(), "completion");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("function _picocli_changeover_shift()")
                .contains("--dry-run")
                .contains("complete -F _complete_changeover");
    }
}
