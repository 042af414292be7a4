package io.changeover.operation;

import io.changeover.projection.HomeRebuildResult;
import io.changeover.rebuild.RebuildRefusedException;
import io.changeover.rebuild.RebuildReport;
import io.changeover.rebuild.RebuildTarget;
import io.changeover.rebuild.Rebuilds;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds on this node. Safe for use by several threads. */
public final class LiveRebuildOperations implements RebuildOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRebuildOperations.class);

    private final Rebuilds rebuilds;
    private final Consumer<VersionId> mended;

    /**
     * The verb over the node's rebuilds.
     *
     * @param mended told of a version whose dead letters a rebuild may have removed
     */
    public LiveRebuildOperations(Rebuilds rebuilds, Consumer<VersionId> mended) {
        this.rebuilds = rebuilds;
        this.mended = mended;
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
        if (!dryRun) {
            mended.accept(version);
        }
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
