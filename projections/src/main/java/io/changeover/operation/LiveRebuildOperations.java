package io.changeover.operation;

import io.changeover.projection.HomeRebuildResult;
import io.changeover.rebuild.RebuildRefusedException;
import io.changeover.rebuild.RebuildReport;
import io.changeover.rebuild.RebuildTarget;
import io.changeover.rebuild.Rebuilds;
import io.changeover.view.VersionId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds on this node. Safe for use by several threads. */
public final class LiveRebuildOperations implements RebuildOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRebuildOperations.class);

    private final Rebuilds rebuilds;

    /** The verb over the node's rebuilds. */
    public LiveRebuildOperations(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @Override
    public RebuildResult rebuild(VersionId version, RebuildTarget target, boolean dryRun, Request request) {
        LOG.info(
                "{} asks for a {}rebuild of {} ({}): {}",
                request.actor(),
                dryRun ? "dry " : "",
                version,
                target,
                request.reason().isEmpty() ? "no reason given" : request.reason());
        long started = System.nanoTime();
        RebuildReport report;
        try {
            report = rebuilds.run(version, target, dryRun);
        } catch (RebuildRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
        HomeRebuildResult rows = report.rows();
        return new RebuildResult(
                version.toString(),
                report.meaning(),
                dryRun,
                rows.homes(),
                rows.events(),
                rows.inserted(),
                rows.changed(),
                rows.deleted(),
                rows.same(),
                rows.released(),
                rows.parked(),
                rows.failure(),
                rows.untouched(),
                rows.samples(),
                report.note(),
                Duration.ofNanos(System.nanoTime() - started));
    }
}
