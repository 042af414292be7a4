package io.changeover.comparison;

/** This node must not go on with a comparison: it was cancelled, another node has it, or the node stops. */
final class ComparisonStoppedException extends RuntimeException {

    ComparisonStoppedException() {
        super("the comparison goes no further on this node");
    }
}
