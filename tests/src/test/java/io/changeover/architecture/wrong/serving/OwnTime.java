package io.changeover.architecture.wrong.serving;

/** Library code that asks the machine for the time. */
public class OwnTime {

    public Object time = java.time.Instant.now();
}
