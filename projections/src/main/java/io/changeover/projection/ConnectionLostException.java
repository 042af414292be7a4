package io.changeover.projection;

import io.changeover.view.VersionId;

/** The connection failed while events were handled, which says nothing about the events. */
final class ConnectionLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException(VersionId version, RuntimeException failure) {
        super("The connection to the database failed while events of '%s' were handled".formatted(version), failure);
    }
}
