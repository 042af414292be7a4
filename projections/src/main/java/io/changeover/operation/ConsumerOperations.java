package io.changeover.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who reads what. Nothing is changed by it. */
public interface ConsumerOperations {

    /**
     * All consumers: first the declared ones, then whoever else was seen, each by name. What other nodes have answered
     * within the last interval of counting is not in it yet.
     *
     * @param view only those that declare or read this view, and only what they read of it; null for all
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    List<ConsumerStatus> consumers(@Nullable String view);

    /**
     * One consumer with its days.
     *
     * @param view only what it has read of this view; null for all
     * @throws OperationRefusedException when it is neither declared nor was it seen
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    ConsumerHistory consumer(String name, @Nullable String view);
}
