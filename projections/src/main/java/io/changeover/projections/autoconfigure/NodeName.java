package io.changeover.projections.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Name of this node.
 *
 * @param value unique among all nodes that share the database
 */
record NodeName(String value) {

    /**
     * The configured name, or one of the host and what tells this process from others there: its port, which stays the
     * same when it comes back after a crash and so gives it its claims back at once, or else its process id.
     */
    static NodeName of(String configured, int port) {
        if (!configured.isBlank()) {
            return new NodeName(configured);
        }
        return new NodeName(
                host() + ":" + (port > 0 ? port : ProcessHandle.current().pid()));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a host without a name resolves nothing, but the node must start all the same
        }
    }
}
