package io.changeover.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Puts a diagnosis into words. */
final class ShowDoctor {

    private ShowDoctor() {}

    static String diagnosis(JsonNode diagnosis) {
        int checks = diagnosis.path("checks").size();
        JsonNode findings = diagnosis.path("findings");
        if (findings.isEmpty()) {
            return "%d checks found nothing that should not be.".formatted(checks);
        }
        return findings.valueStream().map(ShowDoctor::finding).collect(Collectors.joining("\n\n"))
                + "\n\n%d checks found %d %s that should not be."
                        .formatted(checks, findings.size(), findings.size() == 1 ? "thing" : "things");
    }

    private static String finding(JsonNode finding) {
        String text = "%s: %s%nfound   %s%nmeans   %s%n"
                .formatted(
                        finding.path("check").asString(),
                        finding.path("subject").asString(),
                        finding.path("found").asString(),
                        finding.path("meaning").asString());
        if (finding.path("done").isString()) {
            return text + "done    " + finding.path("done").asString();
        }
        return text
                + (finding.path("safe").asBoolean() ? "--mend  " : "by hand ")
                + finding.path("remedy").asString();
    }
}
