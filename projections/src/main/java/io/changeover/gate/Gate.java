package io.changeover.gate;

import io.changeover.changeover.GateReading;

/**
 * A condition that must hold before readers move on. A team adds one by a bean of this type, and names it in the plan
 * under {@code beans}. Read about once a second while a changeover is carried out, on the node that does; safe for use by
 * several threads.
 */
public interface Gate {

    /** Its name in plans and in the audit trail: lower-case letters, digits and hyphens; unique. */
    String name();

    /**
     * What it sees now. Where too little is known to tell, it holds; it never passes for want of data. One that throws is
     * taken to hold, with the failure as the reason.
     */
    GateReading read(GateQuestion question);
}
