package io.changeover.cli;

/** What the command tells a script. */
final class ExitCode {

    static final int OK = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int DIFFERENT = 4;
    static final int NOT_COMPARABLE = 5;
    static final int UNREADABLE = 6;

    private ExitCode() {}

    /** What follows from the verdict of a comparison. */
    static int of(String verdict) {
        return switch (verdict) {
            case "equal" -> OK;
            case "different" -> DIFFERENT;
            default -> NOT_COMPARABLE;
        };
    }
}
