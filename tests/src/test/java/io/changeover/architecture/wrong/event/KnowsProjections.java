package io.changeover.architecture.wrong.event;

/** A domain that knows a view, in a circle with it, and Spring. */
public class KnowsProjections {

    public Object[] known = {
        io.changeover.architecture.wrong.view.KnowsMuch.class, org.springframework.core.Ordered.class
    };
}
