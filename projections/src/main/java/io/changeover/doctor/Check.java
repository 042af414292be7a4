package io.changeover.doctor;

import java.util.List;

/** Looks for one kind of state that should not be. A team can add its own as a bean. */
public interface Check {

    /** Name in lower-case words joined by hyphens, such as {@code half-finished-completion}. */
    String name();

    /** What is there that should not be; empty in a healthy state. Changes nothing. */
    List<Symptom> look();
}
