package io.changeover.serving;

import io.changeover.changeover.Disposal;

/** This node may not say which version of a view serves, because it does not know, or the one asked for was given up. */
public final class NotServedException extends RuntimeException {

    private final String view;

    NotServedException(String view) {
        this(view, " yet: it has not read which version serves");
    }

    NotServedException(String view, int version, Disposal disposal) {
        super(
                "Version %d of view '%s' is %s since %s, and a version that was given up answers nobody; ask without naming a version"
                        .formatted(version, view, disposal.stage().text(), disposal.since()));
        this.view = view;
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
