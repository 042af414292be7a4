package io.changeover.catalog;

import io.changeover.upcast.Contract;
import io.changeover.upcast.Revision;

/**
 * Somebody outside who reads events of a domain.
 *
 * @param name what it is called
 * @param contact whom to talk to before an event changes
 * @param contract the revisions that it was built against
 */
public record Consumer(String name, String contact, Contract contract) {

    /** A consumer that reads these revisions. */
    public static Consumer of(String name, String contact, Revision... revisions) {
        return new Consumer(name, contact, Contract.of(name, java.util.List.of(revisions)));
    }
}
