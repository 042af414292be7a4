package io.changeover.projections.autoconfigure;

/**
 * Name of this node.
 *
 * @param value unique among all nodes that share the database
 */
record NodeName(String value) {}
