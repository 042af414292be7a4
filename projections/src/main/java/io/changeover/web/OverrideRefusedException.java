package io.changeover.web;

import java.io.Serial;
import java.util.Collection;

/** A caller asks for versions of its own choice and may not. */
final class OverrideRefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    OverrideRefusedException(Collection<String> authorities) {
        super(
                "Header %s is only for callers with one of the authorities %s, and this one has none of them; leave the header out or authenticate as such a caller"
                        .formatted(ReaderHeaders.VERSION, authorities));
    }
}
