package io.changeover.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verb that shows how changeovers are carried forward by themselves. */
public interface AutopilotOperations {

    /**
     * How the open changeovers that have a plan are carried.
     *
     * @param view name of one view, or null for all
     * @return one for each, in the order of views; empty where there is none
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    List<AutopilotStatus> autopilot(@Nullable String view);
}
