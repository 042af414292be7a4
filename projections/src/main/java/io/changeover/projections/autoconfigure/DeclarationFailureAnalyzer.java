package io.changeover.projections.autoconfigure;

import io.changeover.apiversion.InvalidPresentationException;
import io.changeover.consumer.InvalidConsumersException;
import io.changeover.effect.InvalidEffectsException;
import io.changeover.event.InvalidEventTypesException;
import io.changeover.mirror.MirrorRefusedException;
import io.changeover.projection.HandlerRefusedException;
import io.changeover.projection.RowTableMismatchException;
import io.changeover.publish.TopicRefusedException;
import io.changeover.sample.InvalidSampleException;
import io.changeover.schema.InvalidSchemaLockException;
import io.changeover.schema.UnsupportedEventClassException;
import io.changeover.serving.NodeNameTakenException;
import io.changeover.stream.InvalidEventStoreException;
import io.changeover.upcast.InvalidEventStepsException;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.InvalidViewException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Tells what is wrong with a team's declarations, or with the store they meet, without a stack trace around it. */
final class DeclarationFailureAnalyzer implements FailureAnalyzer {

    private static final List<Class<? extends RuntimeException>> KNOWN = List.of(
            InvalidEventTypesException.class,
            InvalidEventStepsException.class,
            InvalidSampleException.class,
            InvalidSchemaLockException.class,
            UnsupportedEventClassException.class,
            EventCheckFailedException.class,
            HandlerRefusedException.class,
            InvalidPresentationException.class,
            InvalidViewException.class,
            InvalidVersionIdException.class,
            InvalidConsumersException.class,
            InvalidEffectsException.class,
            InvalidEventStoreException.class,
            RowTableMismatchException.class,
            MirrorRefusedException.class,
            NodeNameTakenException.class,
            TopicRefusedException.class);

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            Throwable candidate = each;
            if (KNOWN.stream().anyMatch(type -> type.isInstance(candidate))) {
                return new FailureAnalysis(
                        String.valueOf(each.getMessage()),
                        "Do what each sentence above ends with, then start again. Nothing was changed.",
                        each);
            }
        }
        return null;
    }
}
