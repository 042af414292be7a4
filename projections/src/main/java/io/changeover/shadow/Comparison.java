package io.changeover.shadow;

import io.changeover.shadow.Answer.Item;
import java.util.List;
import java.util.Set;

/**
 * What differs between an answer of the old version and one of the new.
 *
 * @param kinds what is the matter, in order; empty when the answers are the same
 * @param older items of the old version's answer that differ, or are in another place
 * @param newer the same of the new version's answer
 */
record Comparison(Set<String> kinds, List<Item> older, List<Item> newer) {

    static final String MISSING = "missing";
    static final String EXTRA = "extra";
    static final String ORDER = "order";
    static final String VALUE = "value";
    static final String FIELD = "field:";
    static final String ERROR = "error";
    static final String SLOW = "slow";

    boolean same() {
        return kinds.isEmpty();
    }
}
