package io.changeover.kit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts as people and programs write them, with those that go wrong. They shrink to the empty text or to 1970. */
final class Texts {

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\"",
            "'",
            "\\",
            "null",
            "0",
            "\n",
            "\t \r\n",
            "\u0000",
            "\u00e9",
            "e\u0301",
            "\ud83d\ude00",
            "\ud835\udd38\ud83c\udff4",
            "\u202eabc",
            "\ufeff",
            "<a href=\"x\">&amp;</a>",
            "{\"a\":[1]}",
            "; drop table events; --");

    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final List<Integer> NANOS = List.of(0, 500_000_000, 120_000_000, 1_000_000, 1_000, 1, 999_999_999);
    private static final int MAX_LENGTH = 12;
    private static final int MAX_LONG_LENGTH = 3000;

    private Texts() {}

    static Arbitrary<String> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(NASTY)),
                Tuple.of(6, characters().list().ofMaxSize(MAX_LENGTH).map(Texts::join)),
                Tuple.of(1, Arbitraries.integers().between(0, MAX_LONG_LENGTH).map("x"::repeat)));
    }

    /** Code points rather than chars: half of a surrogate pair is no text, and no store has one. */
    private static Arbitrary<Integer> characters() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between('a', 'z')),
                Tuple.of(4, Arbitraries.integers().between(' ', '~')),
                Tuple.of(2, Arbitraries.integers().between(0xa1, 0x24f)),
                Tuple.of(1, Arbitraries.integers().between(0x4e00, 0x9fff)),
                Tuple.of(1, Arbitraries.integers().between(0x1f300, 0x1f64f)));
    }

    private static String join(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }

    /** Texts in the format, or empty when the kit does not know it. */
    static Optional<Arbitrary<String>> inFormat(String format) {
        return switch (format) {
            case "date" -> Optional.of(dates().map(LocalDate::toString));
            case "date-time" ->
                Optional.of(dateTimes().map(time -> instant(time).toString()));
            case "date-time-local" -> Optional.of(dateTimes().map(DateTimeFormatter.ISO_LOCAL_DATE_TIME::format));
            case "time-local" -> Optional.of(times().map(DateTimeFormatter.ISO_LOCAL_TIME::format));
            case "uuid" -> Optional.of(uuids());
            default -> Optional.empty();
        };
    }

    private static Instant instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }

    private static Arbitrary<LocalDateTime> dateTimes() {
        return Combinators.combine(dates(), times()).as(LocalDateTime::of);
    }

    private static Arbitrary<LocalDate> dates() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                        0L,
                                        FIRST_DAY,
                                        LAST_DAY,
                                        LocalDate.of(2000, 2, 29).toEpochDay(),
                                        LocalDate.of(1582, 10, 15).toEpochDay())),
                        Tuple.of(
                                3,
                                Arbitraries.longs().between(FIRST_DAY, LAST_DAY).shrinkTowards(0)))
                .map(LocalDate::ofEpochDay);
    }

    private static Arbitrary<LocalTime> times() {
        return Combinators.combine(Arbitraries.integers().between(0, 86_399), Arbitraries.of(NANOS))
                .as((second, nano) -> LocalTime.ofSecondOfDay(second).withNano(nano));
    }

    private static Arbitrary<String> uuids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((most, least) -> new UUID(most, least).toString());
    }
}
