package io.changeover.projections.autoconfigure;

import io.changeover.backfill.Backfills;
import io.changeover.operation.NodeKeeper;
import io.changeover.operation.NodeStart;
import io.changeover.projection.Projections;
import io.changeover.serving.RouteFollower;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.context.SmartLifecycle;

/** Starts the node's versions after Axon's components and before web traffic, and stops them in reverse. */
final class NodeLifecycle implements SmartLifecycle {

    /** Between Axon, whose command handlers must be there, and web servers, which follow 1,024 later. */
    static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 512;

    private final NodeStart start;
    private final NodeKeeper keeper;
    private final Projections projections;
    private final Backfills backfills;
    private final RouteFollower follower;
    private volatile boolean running;

    NodeLifecycle(
            NodeStart start, NodeKeeper keeper, Projections projections, Backfills backfills, RouteFollower follower) {
        this.start = start;
        this.keeper = keeper;
        this.projections = projections;
        this.backfills = backfills;
        this.follower = follower;
    }

    @Override
    public void start() {
        projections.checkHandlers();
        start.run();
        keeper.start();
        running = true;
    }

    @Override
    public void stop() {
        keeper.close();
        backfills.close();
        projections.close();
        follower.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
