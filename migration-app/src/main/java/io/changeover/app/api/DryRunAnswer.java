package io.changeover.app.api;

import io.changeover.operation.DryRun;
import java.util.List;

/** What is answered to a dry run: {@code {"dryRun": true, "would": [...]}}. */
record DryRunAnswer(boolean dryRun, List<DryRun.Intent> would) {

    static DryRunAnswer of(DryRun run) {
        return new DryRunAnswer(true, run.intents());
    }
}
