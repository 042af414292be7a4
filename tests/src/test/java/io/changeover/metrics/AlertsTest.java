package io.changeover.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The alert rules: that Prometheus takes them, when they fire, and that they ask for nothing that does not exist. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AlertsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PROMETHEUS = ROOT.resolve("ops/prometheus");
    private static final Path RUNBOOKS = Path.of("docs/runbooks/alerts");
    private static final Path PROMTOOL = Path.of(System.getProperty("changeover.promtool", "/usr/bin/promtool"));
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le");

    @TempDir
    private Path folder;

    private record Rule(String alert, String expression, Map<String, String> labels, Map<String, String> annotations) {}

    private static List<Rule> rules() throws IOException {
        List<Rule> rules = new ArrayList<>();
        Map<String, List<Map<String, Object>>> document =
                new Yaml().load(Files.readString(PROMETHEUS.resolve("rules.yml")));
        for (Map<String, Object> group : Objects.requireNonNull(document.get("groups"))) {
            for (Object rule : (List<?>) Objects.requireNonNull(group.get("rules"))) {
                Map<?, ?> fields = (Map<?, ?>) rule;
                rules.add(new Rule(
                        text(fields.get("alert")),
                        text(fields.get("expr")),
                        texts(fields.get("labels")),
                        texts(fields.get("annotations"))));
            }
        }
        return rules;
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return String.valueOf(value);
    }

    private static Map<String, String> texts(@org.jspecify.annotations.Nullable Object map) {
        return ((Map<?, ?>) Objects.requireNonNull(map))
                .entrySet().stream()
                        .collect(Collectors.toMap(entry -> text(entry.getKey()), entry -> text(entry.getValue())));
    }

    private static String promtool(Path directory, String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool: install prometheus, or name it by -Dchangeover.promtool");
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void prometheus_takes_the_rules_and_the_configuration() throws Exception {
        promtool(PROMETHEUS, "check", "rules", "rules.yml");
        Files.copy(PROMETHEUS.resolve("rules.yml"), folder.resolve("rules.yml"));
        Files.writeString(folder.resolve("token"), "a token");
        for (String configuration : List.of("prometheus.yml", "containers.yml")) {
            Files.copy(PROMETHEUS.resolve(configuration), folder.resolve(configuration));
            promtool(folder, "check", "config", configuration);
        }
    }

    @Test
    void every_alert_fires_when_it_should_and_is_silent_otherwise() throws Exception {
        assertThat(promtool(PROMETHEUS, "test", "rules", "rules_test.yml")).contains("SUCCESS");
        Map<String, List<Map<String, Object>>> tests =
                new Yaml().load(Files.readString(PROMETHEUS.resolve("rules_test.yml")));
        List<Map<?, ?>> looks = Objects.requireNonNull(tests.get("tests")).stream()
                .flatMap(test -> ((List<?>) Objects.requireNonNull(test.get("alert_rule_test"))).stream())
                .<Map<?, ?>>map(look -> (Map<?, ?>) look)
                .toList();
        Set<String> alerts = rules().stream().map(Rule::alert).collect(Collectors.toSet());
        assertThat(alerts(looks, false)).as("fire").isEqualTo(alerts);
        assertThat(alerts(looks, true)).as("are silent").isEqualTo(alerts);
    }

    private static Set<String> alerts(List<Map<?, ?>> looks, boolean silent) {
        return looks.stream()
                .filter(look -> ((List<?>) Objects.requireNonNull(look.get("exp_alerts"))).isEmpty() == silent)
                .map(look -> text(look.get("alertname")))
                .collect(Collectors.toSet());
    }

    @Test
    void rules_ask_for_metrics_and_labels_that_exist() throws Exception {
        Set<String> series =
                MetricsTable.read().stream().flatMap(MetricsTable.Line::series).collect(Collectors.toSet());
        for (Rule rule : rules()) {
            Set<String> metrics = Queries.metrics(rule.expression());
            assertThat(series).as(rule.alert()).isNotEmpty().containsAll(metrics);
            Set<String> labels = MetricsTable.read().stream()
                    .filter(line -> line.series().anyMatch(metrics::contains))
                    .flatMap(line -> line.tags().stream())
                    .collect(Collectors.toSet());
            assertThat(Stream.concat(labels.stream(), OF_PROMETHEUS.stream()))
                    .as(rule.alert())
                    .containsAll(Queries.labels(rule.expression()));
        }
    }

    @Test
    void every_alert_has_a_runbook_and_every_runbook_of_an_alert_a_rule() throws Exception {
        List<Rule> rules = rules();
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.labels().get("severity")).isIn("page", "ticket");
            assertThat(rule.annotations()).containsOnlyKeys("summary", "runbook_url");
            assertThat(ROOT.resolve(text(rule.annotations().get("runbook_url"))))
                    .isRegularFile();
            assertThat(Path.of(text(rule.annotations().get("runbook_url"))).getParent())
                    .isEqualTo(RUNBOOKS);
        });
        try (Stream<Path> pages = Files.list(ROOT.resolve(RUNBOOKS))) {
            assertThat(pages.map(page -> RUNBOOKS.resolve(page.getFileName()).toString())
                            .filter(page -> !page.endsWith("README.md")))
                    .isNotEmpty()
                    .isSubsetOf(rules.stream()
                            .map(rule -> text(rule.annotations().get("runbook_url")))
                            .toList());
        }
    }
}
