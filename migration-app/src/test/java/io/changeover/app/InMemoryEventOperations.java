package io.changeover.app;

import io.changeover.operation.EventDescription;
import io.changeover.operation.EventDescription.Reader;
import io.changeover.operation.EventDescription.RevisionDescription;
import io.changeover.operation.EventOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.RollbackReport;
import io.changeover.operation.RollbackReport.Line;
import io.changeover.operation.RollbackReport.Way;
import io.changeover.sample.Sample;
import io.changeover.upcast.Revision;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One event of the domain {@code sales} in two revisions, one of no domain, and two releases to go back to. */
public final class InMemoryEventOperations implements EventOperations {

    private static final List<EventDescription> EVENTS = List.of(
            new EventDescription(
                    "legacy.noted",
                    null,
                    null,
                    null,
                    null,
                    List.of(new RevisionDescription(
                            null, List.of(), List.of(), null, List.of(), null, 3, List.of(), null, 0)),
                    List.of()),
            new EventDescription(
                    "payment.received",
                    "sales",
                    "accounting team",
                    "BACKWARD_TRANSITIVE",
                    "2",
                    List.of(
                            new RevisionDescription(
                                    "1",
                                    List.of("payment.received@2"),
                                    List.of("the time of day"),
                                    null,
                                    List.of(),
                                    null,
                                    1_200,
                                    List.of(),
                                    null,
                                    0),
                            new RevisionDescription(
                                    "2",
                                    List.of(),
                                    List.of(),
                                    "payment.received@1",
                                    List.of("the currency"),
                                    null,
                                    34,
                                    List.of("iban"),
                                    object(
                                            "{\"type\": \"object\", \"properties\": {\"iban\": {\"type\": \"string\"}}}"),
                                    2)),
                    List.of(new Reader("dunning", "dunning@sales.example", "1"))));

    private static final RollbackReport TO_TWO = new RollbackReport(
            "release-2",
            1_300,
            1_240,
            0,
            0,
            List.of(
                    new Line("payment.received", "1", 1_200, Way.AS_IS, "payment.received@1", 0, null, null, List.of()),
                    new Line("payment.received", "2", 40, Way.AS_IS, "payment.received@2", 0, null, null, List.of())));

    private static final RollbackReport TO_ONE = new RollbackReport(
            "release-1",
            1_300,
            1_200,
            38,
            7,
            List.of(
                    new Line(
                            "legacy.noted",
                            null,
                            3,
                            Way.NOT,
                            null,
                            0,
                            "no step declares a way down from 'legacy.noted without revision'",
                            null,
                            List.of()),
                    new Line("payment.received", "1", 1_200, Way.AS_IS, "payment.received@1", 0, null, null, List.of()),
                    new Line(
                            "payment.received",
                            "2",
                            40,
                            Way.DOWN,
                            "payment.received@1",
                            2,
                            "'currency' is 'JPY' but must be 'EUR'",
                            1_017L,
                            List.of("the currency", "the means")),
                    new Line(
                            "voucher.used",
                            "",
                            2,
                            Way.NEVER_KNEW,
                            null,
                            0,
                            "the release has never known such an event and leaves it out",
                            null,
                            List.of())));

    @Override
    public List<EventDescription> catalogue() {
        return EVENTS;
    }

    @Override
    public EventDescription event(String name) {
        return EVENTS.stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-event",
                        "There is no event '%s' in any class, step or stored row; list the events to see their names"
                                .formatted(name)));
    }

    @Override
    public List<String> releases() {
        return List.of("release-1", "release-2");
    }

    @Override
    public RollbackReport rollbackReport(String release) {
        return switch (release) {
            case "release-1" -> TO_ONE;
            case "release-2" -> TO_TWO;
            default ->
                throw new OperationRefusedException(
                        "unknown-release",
                        "Release '%s' is not declared; the declared releases are: release-1, release-2"
                                .formatted(release));
        };
    }

    @Override
    public MinedSamples mineSamples() {
        return new MinedSamples(
                List.of(
                        Sample.mined(
                                "smallest",
                                Revision.of("payment.received", 1),
                                object("{\"amount\": 1234567890123456.7890}"),
                                object("{}")),
                        Sample.mined(
                                "largest",
                                Revision.of("payment.received", 2),
                                object("{\"iban\": \"XX00\", \"minorUnits\": 500}"),
                                object("{}"))),
                List.of(
                        "events of 'payment.received without revision' were left out: nothing becomes of some of them today, so nothing says what of them is sensitive; write a sample by hand if their kind is not among the others"));
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared()
                .reader()
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .readTree(json);
    }
}
