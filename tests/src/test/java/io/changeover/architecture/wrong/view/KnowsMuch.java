package io.changeover.architecture.wrong.view;

/** A view that knows events (as it may), the application and the tests. */
public class KnowsMuch {

    public Object[] known = {
        io.changeover.architecture.wrong.event.KnowsProjections.class,
        io.changeover.architecture.wrong.app.KnowsExample.class,
        io.changeover.architecture.wrong.testkit.Homeless.class
    };
}
