package io.changeover.examples.orders.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventType;
import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersStore;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each revision that was ever written has a sample in {@code golden/<name>/<revision>.json}, which must stay readable. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoldenSamplesTest {

    private static final Path ROOT = Path.of("src/test/resources/golden");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void reads_as_todays_class_and_comes_down_to_the_very_sample(Path sample) throws IOException {
        String name = sample.getParent().getFileName().toString();
        String revision = sample.getFileName().toString().replace(".json", "");
        JsonNode golden = JSON.readTree(Files.readString(sample));

        List<CurrentEvent> current = OrdersStore.READER.read(new StoredEvent(
                1, "e", "T", "a", 0, name, revision, Files.readAllBytes(sample), new byte[0], Instant.EPOCH));

        assertThat(current).hasSize(1);
        Object event = current.get(0).payload();
        EventType type = event.getClass().getAnnotation(EventType.class);
        ObjectNode payload = JSON.valueToTree(event);
        EventTree down = OrdersStore.STEPS.down(
                new EventTree(type.name(), Integer.toString(type.revision()), payload),
                wanted -> wanted.name().equals(name) && wanted.revision().equals(revision));
        assertThat(JSON.readTree(JSON.writeValueAsBytes(down.payload()))).isEqualTo(golden);
    }

    @Test
    void there_is_a_sample_for_every_revision() throws IOException {
        Set<String> expected = OrdersStore.TYPES.names().stream()
                .flatMap(name -> IntStream.rangeClosed(
                                1,
                                Integer.parseInt(
                                        OrdersStore.TYPES.currentRevision(name).orElseThrow()))
                        .mapToObj(revision -> name + "@" + revision))
                .collect(Collectors.toSet());
        expected.add("order.status-changed@1");

        assertThat(samples()
                        .map(file -> file.getParent().getFileName() + "@"
                                + file.getFileName().toString().replace(".json", "")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
