package io.changeover.examples.orders.confirmation;

import io.changeover.effect.Compensation;
import io.changeover.effect.Effect;
import io.changeover.effect.EffectCall;
import io.changeover.effect.Effects;
import io.changeover.examples.orders.event.OrderPlaced;
import jakarta.mail.MessagingException;

/** What the first version of the board writes to customers. */
@Effects(view = "order-board", version = 1)
public class ConfirmationsV1 {

    private final MailRoom mail;

    /** Confirmations that go through the mail room. */
    public ConfirmationsV1(MailRoom mail) {
        this.mail = mail;
    }

    @Effect("confirmation")
    void confirm(OrderPlaced event, EffectCall call) throws MessagingException {
        mail.send(
                event.customerId(),
                "Order " + event.orderId(),
                "We have your order %s of %s.".formatted(event.orderId(), event.orderDate()),
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
