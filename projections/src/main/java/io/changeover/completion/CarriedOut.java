package io.changeover.completion;

import io.changeover.changeover.Disposal.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was carried out of the end of a version last.
 *
 * @param stage stage that it was brought to
 * @param changeover changeover that has replaced it
 * @param sequence number of the view's event that was gone by
 * @param keptState where it stood before it was purged, or null
 * @param keptTable name of its table while it is purged, without schema, or null
 * @param keptIndexes former names of its indexes, by their names of now
 */
record CarriedOut(
        Stage stage,
        String changeover,
        long sequence,
        @Nullable String keptState,
        @Nullable String keptTable,
        Map<String, String> keptIndexes) {

    /** That nothing is kept under another name. */
    static CarriedOut plain(Stage stage, String changeover, long sequence) {
        return new CarriedOut(stage, changeover, sequence, null, null, Map.of());
    }
}
