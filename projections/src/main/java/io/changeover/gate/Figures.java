package io.changeover.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Puts figures into words, the same ones in every gate. */
final class Figures {

    private Figures() {}

    static String percent(double share) {
        return plain(share * 100, 3) + " %";
    }

    static String times(double ratio) {
        return plain(ratio, 2) + " times";
    }

    static String millis(long micros) {
        return plain(micros / 1_000.0, 1) + " ms";
    }

    static String count(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    private static String plain(double value, int digits) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
