package io.changeover.upcast;

import java.util.Collection;

/** Where an application's steps come from; a team provides one as a bean. */
@FunctionalInterface
public interface StepSource {

    /** The steps, in any order. */
    Collection<EventStep> steps();
}
