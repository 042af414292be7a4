package io.changeover.projections.autoconfigure;

import java.util.List;

/** The application's events are not in order, or not those of the store. A start helps once they have been mended. */
final class EventCheckFailedException extends RuntimeException {

    EventCheckFailedException(List<String> problems) {
        super("The events cannot be used:\n  - " + String.join("\n  - ", problems));
    }
}
