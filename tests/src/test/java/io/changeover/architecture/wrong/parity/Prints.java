package io.changeover.architecture.wrong.parity;

/** Library code that prints. */
public class Prints {

    public Object printed = System.out;
}
