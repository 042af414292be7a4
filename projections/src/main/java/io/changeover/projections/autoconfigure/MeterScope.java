package io.changeover.projections.autoconfigure;

/** Of what a meter tells. Ends its description, since a sum over nodes means something for the one kind and not for the other. */
enum MeterScope {
    /** What this node has done or knows. */
    NODE("of this node"),
    /** What the store says, whichever node is asked. */
    STORE("the same on every node");

    private final String text;

    MeterScope(String text) {
        this.text = text;
    }

    String says(String description) {
        return description + "; " + text;
    }
}
