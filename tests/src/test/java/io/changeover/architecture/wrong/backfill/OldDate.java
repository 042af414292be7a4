package io.changeover.architecture.wrong.backfill;

/** Library code with a date from before java.time. */
public class OldDate {

    public Object date = java.util.Date.class;
}
