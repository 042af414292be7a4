package io.changeover.completion;

import io.changeover.changeover.Disposal.Stage;
import io.changeover.view.VersionId;
import org.jspecify.annotations.Nullable;

/**
 * An end of a version that was decided and is not carried out yet.
 *
 * @param version the version
 * @param decided what its view's events say
 * @param reached what was carried out last, or null for nothing
 * @param reason what has hindered this node when it tried last, or null when it has not tried
 */
public record Unfinished(VersionId version, Stage decided, @Nullable Stage reached, @Nullable String reason) {

    /** As a sentence without its end, such as {@code purged is decided, held is carried out}. */
    public String text() {
        return "%s is decided, %s is carried out%s"
                .formatted(
                        decided.text(),
                        reached == null ? "nothing" : reached.text(),
                        reason == null ? "" : ", because " + reason);
    }
}
