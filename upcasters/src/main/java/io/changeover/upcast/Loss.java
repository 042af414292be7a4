package io.changeover.upcast;

/**
 * What a direction of a step loses, as a team declares it: the round trip does not bring it back.
 *
 * @param what what is lost, as a phrase that ends the sentence "this loses ..."
 * @param bounded whether the step says which values it does not concern, so that those are held to the exact round trip
 */
public record Loss(String what, boolean bounded) {

    /** A loss that may concern any value. */
    public static Loss of(String what) {
        return new Loss(what, false);
    }

    Loss withBound() {
        return new Loss(what, true);
    }
}
