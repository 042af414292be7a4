package io.changeover.examples.orders.steelwheels;

/** An import was begun with another plan than the one that would go on. A retry cannot help. */
public final class ImportChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImportChangedException(String begun, String now) {
        super(
                "The import was begun with plan '%s' but this release plans '%s'; let the release that began it finish, or begin with an empty database"
                        .formatted(begun, now));
    }
}
