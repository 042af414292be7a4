package io.changeover.app.start;

/** The application cannot start as it is configured. A retry helps only after the remedy. */
public final class StartRefusedException extends RuntimeException {

    private final String problem;
    private final String remedy;

    /**
     * @param problem sentence with the value and the rule that it breaks
     * @param remedy sentence that says what to do
     */
    public StartRefusedException(String problem, String remedy) {
        super(problem + " " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** As the other constructor, for a problem that was met as an exception. */
    public StartRefusedException(String problem, String remedy, Throwable cause) {
        super(problem + " " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The value and the rule that it breaks. */
    public String problem() {
        return problem;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
