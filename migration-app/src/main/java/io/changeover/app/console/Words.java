package io.changeover.app.console;

import io.changeover.plan.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures and times as pages write them; pages know it as {@code words}. */
final class Words {

    private static final String NONE = "–";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final double NANOS_OF_MILLI = 1e6;

    private final Clock clock;

    Words(Clock clock) {
        this.clock = clock;
    }

    /** Such as {@code 12,345}. */
    public String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 1 event} or {@code 2 events}. */
    public String count(long number, String thing) {
        return "%s %s%s".formatted(count(number), thing, number == 1 ? "" : "s");
    }

    /** Such as {@code 12.5 %} for 0.125. */
    public String percent(@Nullable Double share) {
        return share == null ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Such as {@code 2026-03-01 10:00:00 UTC}. */
    public String time(@Nullable Instant at) {
        return at == null ? NONE : TIME.format(at);
    }

    /** Such as {@code 3 min ago}. */
    public String ago(@Nullable Instant at) {
        return at == null ? NONE : span(Duration.between(at, clock.instant())) + " ago";
    }

    /** Such as {@code 3 min}, in the largest unit of which there is one. */
    public String span(@Nullable Duration time) {
        if (time == null) {
            return NONE;
        }
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }

    /** As plans write it, such as {@code 15m}. */
    public String planned(@Nullable Duration time) {
        return time == null ? NONE : DurationText.of(time);
    }

    /** Such as {@code 1.5 ms}. */
    public String millis(@Nullable Duration time) {
        return time == null ? NONE : String.format(Locale.ROOT, "%,.1f ms", time.toNanos() / NANOS_OF_MILLI);
    }

    /** The text, or a dash where there is none. */
    public String orNone(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? NONE : value.toString();
    }
}
