package io.changeover.cli;

import java.util.Locale;

/** Numbers in sentences. */
final class Words {

    private Words() {}

    /** Such as {@code 1 sample} and {@code 2,000 samples}. */
    static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }
}
