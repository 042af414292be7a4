package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Asks for stages of the end of versions, and puts them into words. */
final class ShowDisposals {

    private ShowDisposals() {}

    /** Asks for a step of the version, prints what became of it, and gives the exit code. */
    static int asked(Connection server, VersionId version, String step, Map<String, ?> fields, DryRun dryRun) {
        JsonNode disposal = server.client()
                .post(
                        dryRun.of("/api/views/%s/versions/%d/%s"
                                .formatted(ApiClient.segment(version.view()), version.version(), step)),
                        fields);
        server.print(disposal, ShowDisposals::one);
        return disposal.path("unfinished").isString() ? ExitCode.NOT_COMPARABLE : ExitCode.OK;
    }

    static String one(JsonNode disposal) {
        String stage = disposal.path("stage").asString();
        StringBuilder text = new StringBuilder("%s is %s since %s"
                .formatted(
                        disposal.path("version").asString(),
                        stage,
                        disposal.path("since").asString()));
        switch (stage) {
            case "held" ->
                text.append(": it is still projected and answers nobody%n%s"
                        .formatted(next(disposal, "purge", "reopen its view")));
            case "purged" ->
                text.append(": it follows nothing; %s%n%s"
                        .formatted(
                                disposal.path("keptTable").isString()
                                        ? "its rows lie in "
                                                + disposal.path("keptTable").asString()
                                        : "its tables are the team's own and stay as they are",
                                next(disposal, "drop", "restore it")));
            default -> text.append(": it is gone; a new version of that number is built from nothing");
        }
        if (disposal.path("unfinished").isString()) {
            text.append("%nnot carried out yet: %s; nodes go on with it by themselves"
                    .formatted(disposal.path("unfinished").asString()));
        }
        return text.toString();
    }

    private static String next(JsonNode disposal, String step, String back) {
        return "%s %s from %s on; %s to go back"
                .formatted(
                        step,
                        disposal.path("automatic").asBoolean() ? "follows by itself" : "may be asked for",
                        disposal.path("nextFrom").asString(),
                        back);
    }

    /** The stage of a version, as a view tells it. */
    static String sentence(String version, String stage) {
        return "%s is %s"
                .formatted(
                        version,
                        switch (stage) {
                            case "held" -> "held: it is still projected and answers nobody";
                            case "purged" -> "purged: it follows nothing, and its rows are kept";
                            default -> "dropped: it is gone";
                        });
    }
}
