package io.changeover.architecture.wrong.app;

/** An application that knows an example. */
public class KnowsExample {

    public Object known = io.changeover.architecture.wrong.examples.KnowsApplication.class;
}
