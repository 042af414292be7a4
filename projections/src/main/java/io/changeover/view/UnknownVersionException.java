package io.changeover.view;

/** A view or version that is not declared was named, or one that cannot take part. A retry cannot help. */
public final class UnknownVersionException extends IllegalArgumentException {

    private final String view;

    UnknownVersionException(String view, String message) {
        super(message);
        this.view = view;
    }

    /** The view that was named. */
    public String view() {
        return view;
    }
}
