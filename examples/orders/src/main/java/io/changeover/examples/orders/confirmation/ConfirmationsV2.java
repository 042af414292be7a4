package io.changeover.examples.orders.confirmation;

import io.changeover.effect.Compensation;
import io.changeover.effect.Effect;
import io.changeover.effect.EffectCall;
import io.changeover.effect.Effects;
import io.changeover.examples.orders.event.OrderPlaced;
import jakarta.mail.MessagingException;

/** What the second version of the board writes to customers: it greets them, and says by when the goods will be there. */
@Effects(view = "order-board", version = 2)
public class ConfirmationsV2 {

    private final MailRoom mail;

    /** Confirmations that go through the mail room. */
    public ConfirmationsV2(MailRoom mail) {
        this.mail = mail;
    }

    @Effect("confirmation")
    void confirm(OrderPlaced event, EffectCall call) throws MessagingException {
        mail.send(
                event.customerId(),
                "Your order %s is confirmed".formatted(event.orderId()),
                "Dear %s, your order %s of %s is confirmed and will be there by %s."
                        .formatted(event.contact().display(), event.orderId(), event.orderDate(), event.requiredDate()),
                call);
    }

    @Compensation("confirmation")
    void withdraw(OrderPlaced event, EffectCall call) throws MessagingException {
        mail.send(
                event.customerId(),
                "Order " + event.orderId() + ": please disregard our confirmation",
                "We could not take your order %s after all and will write again.".formatted(event.orderId()),
                call);
    }
}
