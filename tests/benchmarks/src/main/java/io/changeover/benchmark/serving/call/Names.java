package io.changeover.benchmark.serving.call;

import io.changeover.view.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A view that is as cheap to read as any, so that what routing adds can be seen. */
public interface Names {

    /** Name of the view. */
    String VIEW = "names";

    /** The name under the number, or null; the reader of the context decides the cohort. */
    @Nullable
    String byId(String id);

    /** The same; the reader that is named decides it. */
    @Nullable
    String byIdFor(@RoutingKey String reader, String id);
}
