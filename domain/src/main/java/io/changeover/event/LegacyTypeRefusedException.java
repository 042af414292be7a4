package io.changeover.event;

import java.util.List;

/** A stored payload names a type that its reader was not told to trust. A retry helps once the type is allowed. */
public final class LegacyTypeRefusedException extends RuntimeException {

    private final String type;

    LegacyTypeRefusedException(String type, List<String> allowed, Throwable cause) {
        super(
                "type '%s' must be on the list of types that may be read from XML, which is %s; add it if an event of yours holds it, and look at who stored it if none does"
                        .formatted(type, allowed),
                cause);
        this.type = type;
    }

    /** Name of the refused type, as the payload has it. */
    public String type() {
        return type;
    }
}
