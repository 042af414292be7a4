package io.changeover.benchmark.invoice;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.Projections;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A node that knows invoices. Nothing is live on it before it is asked for. */
public final class InvoiceNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final long LOOK_MILLIS = 10;

    private final Database store;
    private final EngineNode node;
    private final Projections projections;

    private InvoiceNode(Database store, EngineNode node) {
        this.store = store;
        this.node = node;
        this.projections = node.get(Projections.class);
    }

    /** Starts a node on the database, with the application's properties as given. */
    public static InvoiceNode start(Database store, Map<String, String> properties) {
        return new InvoiceNode(store, EngineNode.start(store, properties, InvoiceDomain.class));
    }

    /** Builds what is not built, together, starts live processing and waits until it has caught up. */
    public void live(VersionId... versions) {
        Stream.of(versions)
                .map(version -> node.begin(version.toString()))
                .toList()
                .forEach(CompletableFuture::join);
        awaitCaughtUp(versions);
    }

    /** Starts live processing of versions that are built. */
    public void startLive(VersionId... versions) {
        Stream.of(versions).forEach(projections::startLive);
    }

    /** Stops live processing after the batch at hand. */
    public void stopLive(VersionId... versions) {
        Stream.of(versions).forEach(projections::stopLive);
    }

    /**
     * Waits until each version has applied what is in the store now.
     *
     * @throws IllegalStateException when one does not get there
     */
    public void awaitCaughtUp(VersionId... versions) {
        long head = store.number("select coalesce(max(global_index), 0) from public.domain_event_entry");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (VersionId version : versions) {
            while (low(version) < head) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("'%s' stands at %d after %s but must reach %d"
                            .formatted(version, low(version), PATIENCE, head));
                }
                Pause.millis(LOOK_MILLIS);
            }
        }
    }

    /** Position up to which the version has applied everything. */
    public long low(VersionId version) {
        return projections.positions(version).low();
    }

    /** Position up to which any part of the version has come. */
    public long high(VersionId version) {
        return projections.positions(version).high();
    }

    /** Comparisons on this node. */
    public ParityCheck parity() {
        return node.get(ParityCheck.class);
    }

    /** The bean of the type. */
    public <T> T get(Class<T> type) {
        return node.get(type);
    }

    /** Qualified name of the version's table. */
    public static String table(String version) {
        return EngineNode.table(version);
    }

    /** Qualified name of the version's table. */
    public static String table(VersionId version) {
        return EngineNode.table(version.toString());
    }

    @Override
    public void close() {
        node.close();
    }
}
