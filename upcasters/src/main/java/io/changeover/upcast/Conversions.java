package io.changeover.upcast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Conversions that many histories need, each with its rule for what it cannot convert. */
public final class Conversions {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long EXAMPLE_MINOR_UNITS = 100_000_000_00L;

    private Conversions() {}

    /**
     * A number of major units, as {@code 34.47}, to minor units with a currency, as
     * {@code {"minorUnits": 3447, "currency": "USD"}}. Older events all meant this one currency, so the way down refuses
     * another one: its reader would take euros for dollars. A number with more digits than the currency has is refused.
     *
     * @param currency ISO 4217 code
     * @param digits digits of the currency after the decimal point, 0 or greater
     */
    public static Conversion numberToMoney(String currency, int digits) {
        return money(currency, digits, RoundingMode.UNNECESSARY);
    }

    /**
     * As {@link #numberToMoney}, but what the number has beyond the currency's digits is rounded away, and declared as
     * lost: binary noise of floating point amounts, in most histories.
     */
    public static Conversion numberToMoneyRounded(String currency, int digits, RoundingMode rounding) {
        return money(currency, digits, rounding)
                .losingUp("digits of an amount beyond the %d of %s".formatted(digits, currency));
    }

    private static Conversion money(String currency, int digits, RoundingMode rounding) {
        return Conversion.of(
                        "number to money in " + currency,
                        value -> toMoney(value, currency, digits, rounding),
                        value -> fromMoney(value, currency, digits))
                .exactForOlder(random -> NODES.numberNode(
                        BigDecimal.valueOf(minorUnits(random), digits).doubleValue()))
                .exactForNewer(random ->
                        NODES.objectNode().put("minorUnits", minorUnits(random)).put("currency", currency));
    }

    private static long minorUnits(RandomGenerator random) {
        return random.nextLong(-EXAMPLE_MINOR_UNITS, EXAMPLE_MINOR_UNITS);
    }

    private static JsonNode toMoney(JsonNode value, String currency, int digits, RoundingMode rounding) {
        if (!value.isNumber()) {
            throw refused(value, "a number of major units", "correct it by a step before this one");
        }
        try {
            long minorUnits = value.decimalValue()
                    .setScale(digits, rounding)
                    .movePointRight(digits)
                    .longValueExact();
            return money(minorUnits, currency);
        } catch (ArithmeticException e) {
            throw refused(
                    value,
                    "a number with at most %d digits after the point, within 64 bits of minor units".formatted(digits),
                    "choose a rounding for the step");
        }
    }

    private static JsonNode money(long minorUnits, String currency) {
        return NODES.objectNode().put("minorUnits", minorUnits).put("currency", currency);
    }

    private static JsonNode fromMoney(JsonNode value, String currency, int digits) {
        if (!(value instanceof ObjectNode money)
                || !money.path("minorUnits").isIntegralNumber()
                || !money.path("currency").isString()) {
            throw refused(value, "an object of 'minorUnits' and 'currency'", "correct it by a step before this one");
        }
        String actual = money.path("currency").stringValue();
        if (!actual.equals(currency)) {
            throw new StepRefusedException(
                    null,
                    "currency '%s' cannot be told to readers of the earlier revision, who take every amount for %s; move them to the later revision first"
                            .formatted(actual, currency));
        }
        return NODES.numberNode(
                BigDecimal.valueOf(money.path("minorUnits").longValue(), digits).doubleValue());
    }

    /**
     * A text of a local date and time, in a fixed format and zone, to an ISO 8601 instant. The zone is part of the rule,
     * so that no machine's own zone decides. Texts of another format are refused; so are times that the zone skipped.
     * Lost on the way down: fractions that the format does not show, and which of the two hours it was when the zone
     * set its clocks back.
     */
    public static Conversion textToInstant(DateTimeFormatter format, ZoneId zone) {
        return Conversion.of(
                        "text to instant in " + zone,
                        value -> parsed(value, format, text -> {
                            LocalDateTime local = LocalDateTime.parse(text, format);
                            Instant instant = local.atZone(zone).toInstant();
                            if (!LocalDateTime.ofInstant(instant, zone).equals(local)) {
                                throw new DateTimeException("the zone skipped this time");
                            }
                            return instant.toString();
                        }),
                        value -> instantToText(value, format, zone))
                .losingDown("fractions of a time that the format does not show, and which of two equal hours it was")
                .exactForNewer(random -> NODES.stringNode(instant(random)
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(12, ChronoUnit.HOURS)
                        .toString()))
                .exactForOlder(random -> NODES.stringNode(LocalDateTime.ofInstant(
                                instant(random).truncatedTo(ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS), zone)
                        .format(format)));
    }

    private static JsonNode instantToText(JsonNode value, DateTimeFormatter format, ZoneId zone) {
        try {
            return NODES.stringNode(format.format(LocalDateTime.ofInstant(Instant.parse(value.asString()), zone)));
        } catch (DateTimeException e) {
            throw refused(value, "an ISO 8601 instant such as '2003-01-06T09:00:00Z'", "correct it before this step");
        }
    }

    /** A text of a date in a fixed format to an ISO 8601 date. Texts of another format are refused. */
    public static Conversion textToDate(DateTimeFormatter format) {
        return Conversion.of(
                        "text to date",
                        value -> parsed(value, format, text -> LocalDate.parse(text, format)
                                .toString()),
                        value -> {
                            try {
                                return NODES.stringNode(
                                        LocalDate.parse(value.asString()).format(format));
                            } catch (DateTimeException e) {
                                throw refused(
                                        value, "an ISO 8601 date such as '2003-01-06'", "correct it before this step");
                            }
                        })
                .exactForOlder(random -> NODES.stringNode(date(random).format(format)))
                .exactForNewer(random -> NODES.stringNode(date(random).toString()));
    }

    /** A decimal number written as text to a number. Texts that are no number, or not in plain notation, are refused. */
    public static Conversion textToNumber() {
        return Conversion.of(
                        "text to number",
                        value -> {
                            try {
                                return NODES.numberNode(new BigDecimal(value.asString()));
                            } catch (NumberFormatException e) {
                                throw refused(value, "a decimal number such as '12.50'", "correct it before this step");
                            }
                        },
                        value -> {
                            if (!value.isNumber()) {
                                throw refused(value, "a number", "correct it before this step");
                            }
                            return NODES.stringNode(value.decimalValue().toPlainString());
                        })
                .losingUp("zeros at the end of a number and other ways to write the same one")
                .exactForOlder(random -> NODES.stringNode(Integer.toString(random.nextInt())))
                .exactForNewer(random -> NODES.numberNode(random.nextInt()));
    }

    private static JsonNode parsed(JsonNode value, DateTimeFormatter format, Function<String, String> parse) {
        if (!value.isString()) {
            throw refused(value, "a text", "correct it by a step before this one");
        }
        try {
            return NODES.stringNode(parse.apply(value.stringValue()));
        } catch (DateTimeException e) {
            throw refused(
                    value,
                    "a text in the format %s (%s)".formatted(format, e.getMessage()),
                    "correct it before this step");
        }
    }

    private static Instant instant(RandomGenerator random) {
        return Instant.ofEpochSecond(random.nextLong(0, 2_000_000_000));
    }

    private static LocalDate date(RandomGenerator random) {
        return LocalDate.ofEpochDay(random.nextLong(0, 20_000));
    }

    private static StepRefusedException refused(JsonNode value, String rule, String remedy) {
        return new StepRefusedException(null, "%s must be %s; %s".formatted(Trees.brief(value), rule, remedy));
    }
}
