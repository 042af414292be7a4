package io.changeover.serving;

/** What a node does with a view while it cannot learn which version serves. */
public enum CannotFollow {
    /** Readers are answered by the last state that the node knows. */
    LAST_KNOWN,
    /** Readers are refused until the node follows again. */
    REFUSE
}
