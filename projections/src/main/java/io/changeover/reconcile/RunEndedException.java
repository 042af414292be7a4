package io.changeover.reconcile;

/** A look that was begun must not go on: another node has taken over, a version is being built, or this node stops. */
final class RunEndedException extends RuntimeException {

    private final boolean takenOver;

    RunEndedException(String message, boolean takenOver) {
        super(message);
        this.takenOver = takenOver;
    }

    /** Whether another node does it now. */
    boolean isTakenOver() {
        return takenOver;
    }
}
