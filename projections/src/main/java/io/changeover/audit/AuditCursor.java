package io.changeover.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place between two entries. It names the entry before it and no count, so that entries which come later do not move it.
 *
 * @param at time of the entry
 * @param source its source
 * @param number its number
 */
public record AuditCursor(Instant at, String source, long number) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,17})-([a-z]{1,40})-([0-9]{1,18})");
    private static final long MICROS = 1_000_000;

    static AuditCursor after(AuditEntry entry) {
        return new AuditCursor(entry.at(), entry.source(), entry.number());
    }

    /** Reads what {@link #toString} has written; empty for anything else. */
    public static Optional<AuditCursor> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new AuditCursor(
                Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
                parts.group(2),
                Long.parseLong(parts.group(3))));
    }

    /** Such as {@code 1772359200000000-changeover-1000}. */
    @Override
    public String toString() {
        return "%d-%s-%d".formatted(at.getEpochSecond() * MICROS + at.getNano() / 1_000, source, number);
    }
}
