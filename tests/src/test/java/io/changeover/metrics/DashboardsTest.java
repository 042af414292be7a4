package io.changeover.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards: that each panel asks for metrics and labels that exist, and says what it shows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DashboardsTest {

    private static final Path GRAFANA = Path.of("../ops/grafana");
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le");

    private static JsonNode dashboard(String name) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(GRAFANA.resolve("dashboards").resolve(name + ".json")));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static void assertAsksForWhatExists(String what, String query) {
        List<MetricsTable.Line> lines = MetricsTable.read();
        Set<String> metrics = Queries.metrics(query);
        assertThat(lines.stream().flatMap(MetricsTable.Line::series))
                .as("%s: %s", what, query)
                .containsAll(metrics);
        assertThat(metrics).as("%s: %s", what, query).isNotEmpty();
        assertThat(Stream.concat(
                        OF_PROMETHEUS.stream(),
                        lines.stream()
                                .filter(line -> line.series().anyMatch(metrics::contains))
                                .flatMap(line -> line.tags().stream())))
                .as("%s: %s", what, query)
                .containsAll(Queries.labels(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "changeover", "node"})
    void every_panel_asks_for_metrics_and_labels_that_exist(String name) throws IOException {
        JsonNode dashboard = dashboard(name);
        assertThat(dashboard.path("uid").asString()).isEqualTo("changeover-" + name);
        List<JsonNode> panels = elements(dashboard.path("panels")).toList();
        assertThat(panels).hasSizeGreaterThanOrEqualTo(6);
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        for (JsonNode panel : panels) {
            String title = panel.path("title").asString();
            assertThat(panel.path("description").asString()).as(title).isNotBlank();
            assertThat(panel.path("targets")).as(title).isNotEmpty();
            elements(panel.path("targets"))
                    .forEach(target -> assertAsksForWhatExists(
                            name + ", " + title, target.path("expr").asString()));
        }
        elements(dashboard.path("templating").path("list"))
                .filter(variable -> variable.path("type").asString().equals("query"))
                .map(variable -> variable.path("query").path("query").asString())
                .forEach(query -> {
                    assertThat(query).matches("label_values\\([a-z_]+(\\{.*})?, [a-z]+\\)");
                    String series = query.substring("label_values(".length(), query.lastIndexOf(','));
                    String label = query.substring(query.lastIndexOf(',') + 2, query.length() - 1);
                    assertAsksForWhatExists(name, "sum by (%s) (%s)".formatted(label, series));
                });
    }

    @Test
    void what_is_about_one_view_can_be_chosen_by_view() throws IOException {
        assertThat(elements(dashboard("changeover").path("templating").path("list"))
                        .map(variable -> variable.path("name").asString()))
                .contains("view");
        assertThat(elements(dashboard("changeover").path("panels"))
                        .flatMap(panel -> elements(panel.path("targets")))
                        .map(target -> target.path("expr").asString()))
                .allMatch(query -> query.contains("view=\"$view\""));
    }

    @Test
    void provisioning_finds_the_dashboards_and_their_source() throws IOException {
        Map<String, List<Map<String, Object>>> sources =
                new Yaml().load(Files.readString(GRAFANA.resolve("provisioning/datasources/prometheus.yml")));
        Set<String> uids = Objects.requireNonNull(sources.get("datasources")).stream()
                .map(source -> String.valueOf(source.get("uid")))
                .collect(Collectors.toSet());
        for (String name : List.of("overview", "changeover", "node")) {
            assertThat(elements(dashboard(name).path("panels"))
                            .map(panel -> panel.path("datasource").path("uid").asString()))
                    .allMatch(uids::contains);
        }
        Map<String, List<Map<String, Object>>> providers =
                new Yaml().load(Files.readString(GRAFANA.resolve("provisioning/dashboards/changeover.yml")));
        assertThat(Objects.requireNonNull(providers.get("providers"))).hasSize(1);
    }
}
