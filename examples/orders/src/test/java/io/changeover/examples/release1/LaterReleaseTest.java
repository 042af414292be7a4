package io.changeover.examples.release1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.catalog.LaterRelease;
import io.changeover.event.EventSerializer;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersDomain;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application of release 1 that is given the jar of the release it was rolled back from. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LaterReleaseTest {

    private static final EventTypes RELEASE_1 = EventTypes.of(List.of(OrderPlaced1.class, OrderStatusChanged1.class));

    @TempDir
    Path folder;

    private Path jarOfToday() throws IOException, URISyntaxException {
        Path classes = Path.of(OrdersDomain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = folder.resolve("orders.jar");
        if (Files.isRegularFile(classes)) {
            return Files.copy(classes, jar);
        }
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = zip.getPath("/" + classes.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return jar;
    }

    private static StoredEvent stored(String name, String revision, String payload) {
        return new StoredEvent(
                1,
                "e",
                "Order",
                "10100",
                0,
                name,
                revision,
                payload.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    @Test
    void what_the_later_release_wrote_is_read_through_its_own_ways_down() throws Exception {
        try (LaterRelease later = LaterRelease.in(List.of(jarOfToday()))) {
            EventReader reader = new EventReader(
                    RELEASE_1,
                    EventSteps.rolledBack(later.steps(), RELEASE_1),
                    new EventSerializer(RELEASE_1).getObjectMapper());

            assertThat(
                            reader.read(
                                    stored(
                                            "order.placed",
                                            "2",
                                            "{\"orderId\":\"10100\",\"customerId\":\"363\",\"customerName\":\"Online\",\"contact\":{\"givenName\":\"Dorothy\",\"familyName\":\"Young\"},\"orderDate\":\"2003-01-06\",\"requiredDate\":\"2003-01-13\",\"currency\":\"USD\",\"comment\":null}")))
                    .extracting(CurrentEvent::payload)
                    .containsExactly(new OrderPlaced1(
                            "10100", "363", "Online", "Young, Dorothy", "2003-01-06", "2003-01-13", null));
            assertThat(
                            reader.read(
                                    stored(
                                            "order.shipped",
                                            "1",
                                            "{\"orderId\":\"10100\",\"customerId\":\"363\",\"shippedOn\":\"2003-01-10\",\"comment\":null}")))
                    .extracting(CurrentEvent::payload)
                    .containsExactly(new OrderStatusChanged1("10100", "363", "Shipped", "2003-01-10", null, null));
        }
    }

    @Test
    void a_jar_that_is_not_there_or_has_no_domain_is_refused() throws Exception {
        Path missing = folder.resolve("missing.jar");
        assertThatThrownBy(() -> LaterRelease.in(List.of(missing)))
                .hasMessage("'%s' must be a jar of the later release but is not there; correct the path"
                        .formatted(missing));
        Path empty = folder.resolve("empty.jar");
        try (FileSystem zip = FileSystems.newFileSystem(empty, Map.of("create", "true"))) {
            Files.writeString(zip.getPath("/nothing"), "");
        }
        assertThatThrownBy(() -> LaterRelease.in(List.of(empty)))
                .hasMessage(
                        "None of [%s] names an EventDomain in META-INF/services; give the jar that has the steps of the later release"
                                .formatted(empty));
    }
}
