package io.changeover.architecture.wrong.examples;

/** An example that sees the application. */
public class KnowsApplication {

    public Object known = io.changeover.architecture.wrong.app.KnowsExample.class;
}
