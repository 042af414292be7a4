package io.changeover.serving;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read that must not miss what is there at a position.
 *
 * @param view name of the view
 * @param version version that is to answer
 * @param instead versions that may answer in its place; empty where it was chosen for this reader on purpose
 * @param after what must not be missed
 * @param patience how long to wait at most, or null for the configured time
 */
public record FreshRead(
        String view, int version, List<Integer> instead, ReadPosition after, @Nullable Duration patience) {}
