package io.changeover.cli;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds the comparison that an argument means: its identifier, or a view for its latest one that is done. */
final class NamedComparison {

    private static final Pattern ID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private NamedComparison() {}

    /** Its status. */
    static JsonNode find(ApiClient client, String named) {
        if (ID.matcher(named).matches()) {
            return client.get("/api/comparisons/" + named);
        }
        JsonNode latest =
                client.get("/api/views/%s/comparisons?state=done&limit=1".formatted(ApiClient.segment(named)));
        if (latest.isEmpty()) {
            throw new RefusedException(
                    "View '%1$s' has no comparison that is done; run 'changeover compare %1$s LEFT RIGHT' first"
                            .formatted(named));
        }
        return latest.path(0);
    }
}
