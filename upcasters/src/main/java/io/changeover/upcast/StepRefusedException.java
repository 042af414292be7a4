package io.changeover.upcast;

import org.jspecify.annotations.Nullable;

/** A step cannot convert a payload and says so rather than guess. A retry helps only after the step has changed. */
public final class StepRefusedException extends RuntimeException {

    private final @Nullable String path;

    /**
     * A refusal of the value at the path, for a conversion of one's own.
     *
     * @param path dotted path within the payload, or null where the whole payload is meant
     * @param message the value, the rule and the remedy
     */
    public StepRefusedException(@Nullable String path, String message) {
        super(message);
        this.path = path;
    }

    /** The same refusal, seen from the object around: with the path to the value in front. */
    StepRefusedException within(String outer) {
        if (path == null) {
            return new StepRefusedException(outer, "field '%s': %s".formatted(outer, getMessage()));
        }
        String whole = outer + "." + path;
        return new StepRefusedException(
                whole, String.valueOf(getMessage()).replace("'" + path + "'", "'" + whole + "'"));
    }

    /** Dotted path of the refused value, or null where the whole payload is meant. */
    public @Nullable String path() {
        return path;
    }
}
