package io.changeover.effect;

/**
 * Who carries effects out: a node, in one of its lives. A node that comes back under its name must not take what it was
 * doing when it was killed for what it is doing now.
 *
 * @param node name of the node
 * @param life identifier of this start of it
 */
record Claimant(String node, String life) {

    private static final char SEPARATOR = '#';

    String written() {
        return node + SEPARATOR + life;
    }

    /** The node of the written form. */
    static String node(String written) {
        int end = written.lastIndexOf(SEPARATOR);
        return end < 0 ? written : written.substring(0, end);
    }
}
