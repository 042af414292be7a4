package io.changeover.cli;

import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Puts the throttle of a node into words. */
final class ShowThrottle {

    private ShowThrottle() {}

    static String status(JsonNode throttle) {
        JsonNode limits = throttle.path("limits");
        StringBuilder text = new StringBuilder();
        text.append("backfills on %s: %s, a share of %s in at most %s%n"
                .formatted(
                        throttle.path("node").asString(),
                        throttle.path("state").asString(),
                        figure(throttle.path("share")),
                        Words.count(limits.path("maxWorkers").asLong(), "worker")));
        int rate = limits.path("maxEventsPerSecond").asInt();
        if (rate > 0) {
            text.append("at most %,d events in a second%n".formatted(rate));
        }
        for (JsonNode veto : throttle.path("vetoes")) {
            text.append("stopped by %s: %s%n"
                    .formatted(
                            veto.path("signal").asString(), veto.path("reason").asString()));
        }
        Table table = new Table("SIGNAL", "VALUE", "LIMIT", "UNIT", "WANTS TO", "SHOWS");
        for (JsonNode signal : throttle.path("signals")) {
            table.row(
                    signal.path("name").asString(),
                    figure(signal.path("value")),
                    figure(signal.path("limit")),
                    signal.path("unit").asString(),
                    signal.path("state").asString(),
                    signal.path("text").asString());
        }
        return text.append("%n%s".formatted(table)).toString();
    }

    private static String figure(JsonNode number) {
        if (!number.isNumber()) {
            return "-";
        }
        BigDecimal value = number.decimalValue().stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
    }
}
