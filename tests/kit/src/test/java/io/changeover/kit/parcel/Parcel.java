package io.changeover.kit.parcel;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.changeover.kit.parcel.Parcels.ParcelDelivered;
import io.changeover.kit.parcel.Parcels.ParcelSent;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** A parcel that can be delivered once. */
public class Parcel {

    /** Hands the parcel over. */
    public record Deliver(@TargetAggregateIdentifier String parcelId) {}

    @AggregateIdentifier
    private String id;

    private String sentBy;
    private boolean delivered;

    Parcel() {}

    @CommandHandler
    void handle(Deliver command, Supplier<String> time) {
        if (delivered) {
            throw new IllegalStateException("delivered already");
        }
        apply(new ParcelDelivered(id + " sent by " + sentBy, time.get()));
    }

    @EventSourcingHandler
    void on(ParcelSent event, MetaData metadata) {
        id = event.parcelId();
        sentBy = String.valueOf(metadata.get("user"));
    }

    @EventSourcingHandler
    void on(ParcelDelivered event) {
        delivered = true;
    }
}
