package io.changeover.app;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.RebuildOperations;
import io.changeover.operation.RebuildResult;
import io.changeover.operation.Request;
import io.changeover.projection.HomeChange;
import io.changeover.rebuild.RebuildTarget;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds one wrong row whatever is asked for; refuses everything of version 3, and has letters and a home to show at 2. */
public final class InMemoryRebuildOperations implements RebuildOperations {

    /** A row as a view may have it. */
    public record Row(String orderId, long totalMinorUnits) {}

    /** Every request in order, as {@code version target dryRun actor reason}. */
    public final List<String> requests = new ArrayList<>();

    @Override
    public RebuildResult rebuild(VersionId version, RebuildTarget target, boolean dryRun, Request request) {
        requests.add("%s, %s, %s, %s, %s".formatted(version, target, dryRun, request.actor(), request.reason()));
        if (version.version() == 3) {
            throw new OperationRefusedException("not-built", "Version '%s' has not been built".formatted(version));
        }
        boolean troubled = version.version() == 2;
        return new RebuildResult(
                version.toString(),
                target.toString(),
                dryRun,
                2,
                1_500,
                0,
                1,
                0,
                1,
                0,
                troubled ? 3 : 0,
                troubled ? "the fold threw" : null,
                troubled ? Map.of("10101", "the database refuses the row") : Map.of(),
                List.of(new HomeChange("10100", List.of(), List.of(new Row("10100", 995)))),
                troubled ? "the version stays marked as it was" : null,
                Duration.ofMillis(1_500));
    }
}
