package io.changeover.architecture.wrong.testkit;

/** A class outside of every module. */
public class Homeless {

    public Object known = Homeless.class;
}
