package io.changeover.plan;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * A time of the week in which nothing moves forward. Going back is always possible.
 *
 * @param days days on which it begins; all days when empty
 * @param from when it begins
 * @param until when it ends, on the next day where that is not after the begin; the same as the begin for the whole day
 * @param zone time zone of both
 */
public record QuietTime(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {

    /** Copies the days. */
    public QuietTime {
        days = days.isEmpty() ? Set.copyOf(EnumSet.allOf(DayOfWeek.class)) : Set.copyOf(days);
    }

    /** Whether the moment lies in it. */
    public boolean contains(ZonedDateTime moment) {
        ZonedDateTime here = moment.withZoneSameInstant(zone);
        LocalTime time = here.toLocalTime();
        DayOfWeek day = here.getDayOfWeek();
        if (from.isBefore(until)) {
            return days.contains(day) && !time.isBefore(from) && time.isBefore(until);
        }
        return (days.contains(day) && !time.isBefore(from)) || (days.contains(day.minus(1)) && time.isBefore(until));
    }
}
