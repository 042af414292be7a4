package io.changeover.schema;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stand-ins of texts that must stay dates, times or UUIDs, written as precisely as what they stand for. */
final class FormattedStandIns {

    private static final int YEARS = 5;
    private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");
    private static final Pattern DATE = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d");

    private FormattedStandIns() {}

    static String of(TextFormat format, String text, RandomGenerator random) {
        return switch (format) {
            case DATE -> date(text, random);
            case DATE_TIME, LOCAL_DATE_TIME -> time(date(text, random), random);
            case LOCAL_TIME -> time(text, random);
            case UUID_TEXT -> uuid(text, random);
        };
    }

    /** Another day within some years, so that what is old stays old. */
    private static String date(String text, RandomGenerator random) {
        Matcher date = DATE.matcher(text);
        if (!date.find()) {
            return text; // years of more than four digits do not tell of people
        }
        int days = random.nextInt(-YEARS * 365, YEARS * 365);
        LocalDate day = LocalDate.parse(date.group()).plusDays(days);
        return day.getYear() < 1 || day.getYear() > 9999 ? text : date.replaceFirst(day.toString());
    }

    private static String time(String text, RandomGenerator random) {
        Matcher time = TIME.matcher(text);
        if (!time.find()) {
            return text;
        }
        // toString would leave out seconds that are zero.
        LocalTime other = LocalTime.of(random.nextInt(24), random.nextInt(60), random.nextInt(1, 60));
        StringBuilder precise = new StringBuilder(other + ".");
        int length = time.group().length();
        while (precise.length() < length) {
            precise.append(random.nextInt(10));
        }
        return time.replaceFirst(precise.substring(0, length));
    }

    /** Keeps the digits that tell the version and the variant. */
    private static String uuid(String text, RandomGenerator random) {
        StringBuilder result = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '-' && i != 14 && i != 19) {
                result.setCharAt(i, Character.forDigit(random.nextInt(16), 16));
            }
        }
        return result.toString();
    }
}
