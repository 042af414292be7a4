package io.changeover.repair;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a repair changes in one home. Only rows that change are shown, sensitive values masked, each with {@code _position}
 * and {@code _event_id}, its provenance.
 *
 * @param home home of the rows, as text
 * @param before the rows as they were
 * @param after the rows as their events make them
 */
public record HomeRepair(
        String home, List<Map<String, @Nullable Object>> before, List<Map<String, @Nullable Object>> after) {}
