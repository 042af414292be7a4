package io.changeover.flag;

import java.util.Optional;

/** The flag of a view: {@code changeover.order-board}, whose value is the number of the version that answers. */
final class ViewFlag {

    private static final String PREFIX = "changeover.";

    static final String PRINCIPAL = "principal";
    static final String TENANT = "tenant";
    static final String COHORT = "cohort";
    static final String PERCENT = "percent";
    static final String FROM = "from";
    static final String TO = "to";

    private ViewFlag() {}

    static String of(String view) {
        return PREFIX + view;
    }

    static Optional<String> view(String flag) {
        return flag.startsWith(PREFIX) ? Optional.of(flag.substring(PREFIX.length())) : Optional.empty();
    }
}
