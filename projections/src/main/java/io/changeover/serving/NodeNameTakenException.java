package io.changeover.serving;

/** Another process is up under the name of this node, and both would take each other's claims for their own. */
public final class NodeNameTakenException extends RuntimeException {

    NodeNameTakenException(String node) {
        super(
                "Another process on this database is up as node '%s', and two under one name would both apply what is claimed once; give this one a name of its own with changeover.node-id, or stop the other"
                        .formatted(node));
    }
}
