package io.changeover.operation;

import io.changeover.changeover.Pin;
import io.changeover.serving.Nodes;
import io.changeover.serving.Reader;
import java.util.List;

/** The verbs about which reader is answered by which version, beside the percentage. */
public interface RouteOperations {

    /**
     * Which version answers a reader on this node, and why.
     *
     * @throws OperationRefusedException when this node does not serve the view now
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    RouteStatus route(String view, Reader reader);

    /**
     * Has a tenant or a principal answered by one version of the open changeover, whatever the cohort. Where that is the new
     * version, the rules of a shift must hold.
     *
     * @return the route, once this node goes by it
     */
    RouteStatus pin(String view, Pin pin, int version, Request request);

    /** Lets a tenant or a principal go by the cohort again. */
    RouteStatus unpin(String view, Pin pin, Request request);

    /** All nodes that were ever heard of, and by which decision each routes. */
    List<Nodes.Node> nodes();
}
