package io.changeover.cli;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Puts effects into words and tables. */
final class ShowEffects {

    private ShowEffects() {}

    static String view(JsonNode effects) {
        JsonNode counts = effects.path("counts");
        String fence = effects.path("acting").isNull()
                ? "view %s has no effects".formatted(effects.path("view").asString())
                : "acting    %s since position %s\nfence     at position %s, %s behind it, moved %s"
                        .formatted(
                                effects.path("acting").asString(),
                                count(effects.path("actingSince")),
                                count(effects.path("position")),
                                Words.count(effects.path("behind").asLong(), "position"),
                                effects.path("movedAt").asString());
        String numbers = "effects   %s pending, %s failed, %s done, %s skipped, %s compensated"
                .formatted(
                        count(counts.path("pending")),
                        count(counts.path("failed")),
                        count(counts.path("done")),
                        count(counts.path("skipped")),
                        count(counts.path("compensated")));
        List<JsonNode> listed = effects.path("effects").valueStream().toList();
        return fence + "\n" + numbers + (listed.isEmpty() ? "" : "\n\n" + table(listed));
    }

    static String one(JsonNode effect) {
        return table(List.of(effect));
    }

    private static String table(List<JsonNode> effects) {
        Table table = new Table("POSITION", "EFFECT", "VERSION", "STATE", "ATTEMPTS", "CHANGED", "KEY", "NOTE");
        for (JsonNode effect : effects) {
            table.row(
                    count(effect.path("position")),
                    effect.path("name").asString(),
                    effect.path("version").asString(),
                    effect.path("state").asString(),
                    count(effect.path("attempts")),
                    effect.path("changedAt").asString(),
                    effect.path("key").asString(),
                    note(effect));
        }
        return table.toString();
    }

    private static String note(JsonNode effect) {
        if (effect.path("claimedBy").isString()) {
            return "being carried out by " + effect.path("claimedBy").asString();
        }
        if (effect.path("state").asString().equals("skipped")) {
            return "by %s: %s"
                    .formatted(
                            effect.path("decidedBy").asString(""),
                            effect.path("reason").asString(""));
        }
        return effect.path("failure").asString("-");
    }

    private static String count(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.asLong());
    }
}
