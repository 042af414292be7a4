package io.changeover.kit.parcel;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.upcast.Conversion;
import io.changeover.upcast.Conversions;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.LookupTable;
import io.changeover.upcast.Revision;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Events of parcels and the steps between their revisions. */
public final class Parcels {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Parcels() {}

    /** Minor units of a currency. */
    public record Price(long minorUnits, String currency) {}

    /** A parcel was sent. */
    @EventType(name = "parcel.sent", revision = 3)
    public record ParcelSent(
            String parcelId,
            String recipient,
            Price price,
            @Nullable String comment,
            List<String> sizes,
            boolean express) {}

    /** It came to its recipient. */
    @EventType(name = "parcel.delivered")
    public record ParcelDelivered(String parcelId, String at) {}

    /** It did not. */
    @EventType(name = "parcel.lost", revision = 2)
    public record ParcelLost(String parcelId, String noticedAt) {}

    /** All classes. */
    public static final EventTypes TYPES =
            EventTypes.of(List.of(ParcelSent.class, ParcelDelivered.class, ParcelLost.class));

    /** All steps. */
    public static final EventSteps STEPS = EventSteps.of(
            List.of(
                    EventStep.from(Revision.of("parcel.sent", 1), Revision.none("parcel.sent"))
                            .to("parcel.sent", 2, payload -> payload.rename("to", "recipient")
                                    .convert("price", Conversions.numberToMoneyRounded("EUR", 2, RoundingMode.HALF_UP))
                                    .rename("note?", "comment")),
                    EventStep.from("parcel.sent", 2).to(3, payload -> payload.convertEach("sizes", sizes())
                            .add("express", false)),
                    EventStep.from("parcel.status-changed", 1)
                            .splitBy("status", status -> status.first(first -> first.lookup(
                                            "status",
                                            LookupTable.of(
                                                    "parcel status",
                                                    1,
                                                    new TreeMap<>(
                                                            Map.of(
                                                                    "arrived",
                                                                    "DELIVERED",
                                                                    "gone",
                                                                    "LOST",
                                                                    "rolling",
                                                                    "ON_ITS_WAY")))))
                                    .when("DELIVERED", "parcel.delivered", 1, payload -> {})
                                    .when("LOST", "parcel.lost", 1, payload -> {})
                                    .drop("ON_ITS_WAY", "that a parcel is on its way")),
                    EventStep.from("parcel.lost", 1).to(2, payload -> payload.rename("at", "noticedAt"))),
            TYPES);

    private static Conversion sizes() {
        return Conversion.of(
                        "letter to word",
                        letter -> NODES.stringNode(
                                switch (letter.asString()) {
                                    case "S" -> "SMALL";
                                    case "M" -> "MEDIUM";
                                    default -> "LARGE";
                                }),
                        word -> NODES.stringNode(word.asString().substring(0, 1)))
                .losingUp("sizes beside S, M and L")
                .exactForOlder(random -> NODES.stringNode(List.of("S", "M", "L").get(random.nextInt(3))));
    }

    /** All schemas. */
    public static final Schemas SCHEMAS = Schemas.of(
            "parcel.sent without revision",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string", "format": "uuid"}, "to": {"type": "string"},
              "price": {"type": "number"}, "note": {"type": ["string", "null"]},
              "sizes": {"type": "array", "items": {"type": "string"}}},
             "required": ["parcelId", "to", "price", "sizes"]}""",
            "parcel.sent@1",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string", "format": "uuid"}, "to": {"type": "string"},
              "price": {"type": "number"}, "note": {"type": ["string", "null"]},
              "sizes": {"type": "array", "items": {"type": "string"}}},
             "required": ["parcelId", "to", "price", "sizes"]}""",
            "parcel.sent@2",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string", "format": "uuid"}, "recipient": {"type": "string"},
              "price": {"type": "object", "additionalProperties": false,
               "properties": {"minorUnits": {"type": "integer", "format": "int64"}, "currency": {"type": "string"}},
               "required": ["minorUnits", "currency"]},
              "comment": {"type": ["string", "null"]},
              "sizes": {"type": "array", "items": {"type": "string"}}},
             "required": ["parcelId", "recipient", "price", "sizes"]}""",
            "parcel.sent@3",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string", "format": "uuid"}, "recipient": {"type": "string"},
              "price": {"type": "object", "additionalProperties": false,
               "properties": {"minorUnits": {"type": "integer", "format": "int64"}, "currency": {"type": "string"}},
               "required": ["minorUnits", "currency"]},
              "comment": {"type": ["string", "null"]},
              "sizes": {"type": "array", "items": {"type": "string", "enum": ["SMALL", "MEDIUM", "LARGE"]}},
              "express": {"type": "boolean"}},
             "required": ["parcelId", "recipient", "price", "sizes", "express"]}""",
            "parcel.status-changed@1",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string"}, "status": {"type": "string"},
              "at": {"type": "string", "format": "date-time"}},
             "required": ["parcelId", "status", "at"]}""",
            "parcel.delivered@1",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string"}, "at": {"type": "string", "format": "date-time"}},
             "required": ["parcelId", "at"]}""",
            "parcel.lost@1",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string"}, "at": {"type": "string", "format": "date-time"}},
             "required": ["parcelId", "at"]}""",
            "parcel.lost@2",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"parcelId": {"type": "string"}, "noticedAt": {"type": "string", "format": "date-time"}},
             "required": ["parcelId", "noticedAt"]}""");
}
