package io.changeover.serving;

/** This node does not know which version of a view serves. It will once it has read the view's events; a retry helps. */
public final class NotServedException extends RuntimeException {

    private final String view;

    NotServedException(String view) {
        super("View '%s' is not served by this node yet: it has not read which version serves; retry in a moment"
                .formatted(view));
        this.view = view;
    }

    /** The view that was asked. */
    public String view() {
        return view;
    }
}
