package io.changeover.operation;

import io.changeover.effect.KeptEffect;
import io.changeover.effect.ViewEffects;

/** The verbs about what events cause in the outside world. */
public interface EffectOperations {

    /** Most effects of a view that are listed. */
    int MAX_EFFECTS = 100;

    /**
     * The fence of the view and its effects: those that are not over first.
     *
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    ViewEffects effects(String view);

    /**
     * Lets an effect be tried at once, with all its attempts before it again.
     *
     * @param position position of the event
     * @param name name of the effect
     * @throws OperationRefusedException when there is no such effect, it is over, it is being carried out, or what the
     *     event did before it has been made up for
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    KeptEffect retry(String view, long position, String name, Request request);

    /**
     * Decides that an effect is not to be done, or not to be made up for.
     *
     * @param position position of the event
     * @param name name of the effect
     * @param request who asks; must have a reason
     * @throws OperationRefusedException when there is no such effect, it is over, it is being carried out, or no reason is
     *     given
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    KeptEffect skip(String view, long position, String name, Request request);
}
