package io.changeover.changeover;

import java.util.Locale;

/**
 * What a gate saw, and what it says to that. Kept in the event of each transition that asked it.
 *
 * @param gate name of the gate, such as {@code lag}
 * @param verdict what it says
 * @param measured the figure that it saw, with its unit
 * @param required what it asks for
 * @param reason what that means, with the remedy unless the verdict is pass
 */
public record GateReading(String gate, Verdict verdict, String measured, String required, String reason) {

    /** What a gate says. */
    public enum Verdict {
        /** The condition holds. */
        PASS,
        /** Nothing may move forward now: the condition does not hold yet, or too little is known to tell. */
        HOLD,
        /** The condition is broken, and those who have moved are not well served. */
        REFUSE;

        /** Lower-case name, as people see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A gate whose condition holds. */
    public static GateReading pass(String gate, String measured, String required) {
        return new GateReading(gate, Verdict.PASS, measured, required, "");
    }

    /** A gate whose condition does not hold yet, or of which too little is known. */
    public static GateReading hold(String gate, String measured, String required, String reason) {
        return new GateReading(gate, Verdict.HOLD, measured, required, reason);
    }

    /** A gate whose condition is broken. */
    public static GateReading refuse(String gate, String measured, String required, String reason) {
        return new GateReading(gate, Verdict.REFUSE, measured, required, reason);
    }

    /** Whether the condition holds. */
    public boolean passes() {
        return verdict == Verdict.PASS;
    }
}
