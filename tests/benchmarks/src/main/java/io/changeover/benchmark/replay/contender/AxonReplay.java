package io.changeover.benchmark.replay.contender;

import io.changeover.benchmark.replay.store.OrdersEvents;
import io.changeover.event.EventSerializer;
import java.util.Collection;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;

/** What every replay with Axon's own processors has in common. */
public final class AxonReplay {

    /** Between two looks at how far a processor is. */
    private static final long PAUSE_MILLIS = 10;

    private AxonReplay() {}

    /** Axon's defaults with the stored events' serializer and upcaster. */
    public static Configurer configurer(EventSerializer serializer, TransactionManager transactions) {
        System.setProperty("axoniq.update-checker.disabled", "true"); // it asks a server on the internet
        return DefaultConfigurer.defaultConfiguration(false)
                .configureTransactionManager(axon -> transactions)
                .configureSerializer(axon -> serializer)
                .configureEventSerializer(axon -> serializer)
                .registerEventUpcaster(axon -> OrdersEvents.upcaster(serializer));
    }

    /**
     * Waits until all segments of the processor have handled everything up to the position.
     *
     * @throws IllegalStateException when a segment fails
     */
    public static void await(Configuration axon, String processor, long position) {
        StreamingEventProcessor streaming = axon.eventProcessingConfiguration()
                .eventProcessor(processor, StreamingEventProcessor.class)
                .orElseThrow();
        while (!isAt(streaming.processingStatus().values(), position)) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + processor, e);
            }
        }
    }

    private static boolean isAt(Collection<EventTrackerStatus> segments, long position) {
        int parts = 0;
        for (EventTrackerStatus segment : segments) {
            if (segment.isErrorState()) {
                throw new IllegalStateException(
                        "segment %s has failed".formatted(segment.getSegment()), segment.getError());
            }
            if (segment.getCurrentPosition().orElse(-1) < position) {
                return false;
            }
            parts++;
        }
        // A segment that is not claimed yet has no status.
        return parts > 0 && covered(segments);
    }

    private static boolean covered(Collection<EventTrackerStatus> segments) {
        double share = 0;
        for (EventTrackerStatus segment : segments) {
            share += 1.0 / (segment.getSegment().getMask() + 1);
        }
        return share > 1 - 1e-9;
    }
}
