package io.changeover.app.security;

import org.springframework.security.access.AccessDeniedException;

/** A token for some views was sent to touch another, or what is about all. The message names value, rule and remedy. */
public final class ViewNotPermittedException extends AccessDeniedException {

    ViewNotPermittedException(String message) {
        super(message);
    }
}
