package io.changeover.architecture.wrong.stream;

/** A stream that knows Spring's container. */
public class KnowsContainer {

    public Object known = org.springframework.context.ApplicationContext.class;
}
