package io.changeover.serving;

/** This node may not say which version of a view serves, because it does not know. It will; a retry helps. */
public final class NotServedException extends RuntimeException {

    private final String view;

    NotServedException(String view) {
        this(view, " yet: it has not read which version serves");
    }

    NotServedException(String view, String why) {
        super("View '%s' is not served by this node%s; retry in a moment".formatted(view, why));
        this.view = view;
    }

    /** The view that was asked. */
    public String view() {
        return view;
    }
}
