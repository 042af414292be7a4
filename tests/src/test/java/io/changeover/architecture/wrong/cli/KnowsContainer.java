package io.changeover.architecture.wrong.cli;

/** A command line that starts a container. */
public class KnowsContainer {

    public Object known = org.springframework.context.ApplicationContext.class;
}
