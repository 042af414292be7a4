package io.changeover.doctor;

/** Mends one symptom; carried out when the state has changed since it was seen, it changes nothing. */
@FunctionalInterface
public interface Mend {

    /**
     * Mends it.
     *
     * @return what was done, or why nothing was, as a sentence without its end
     */
    String apply();
}
