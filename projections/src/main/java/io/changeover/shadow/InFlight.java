package io.changeover.shadow;

import java.util.Set;

/**
 * What events have reached in one version and not, or not for certain, in the other.
 *
 * @param any whether there are such events at all; where there are none, nothing is excused
 * @param homes homes that they touch
 * @param named whether these are all; where not, any item may be concerned
 */
record InFlight(boolean any, Set<String> homes, boolean named) {

    static final InFlight NOTHING = new InFlight(false, Set.of(), true);
    static final InFlight UNKNOWN = new InFlight(true, Set.of(), false);

    InFlight {
        homes = Set.copyOf(homes);
    }
}
