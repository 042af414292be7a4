package io.changeover.shadow;

import io.changeover.view.VersionId;

/** Is told of shadow reads, on the thread that made them; must return at once and throw nothing. */
public interface ShadowWitness {

    /** Wants to know nothing. */
    ShadowWitness NONE = new ShadowWitness() {
        @Override
        public void ended(VersionId shadow, Outcome outcome) {}

        @Override
        public void took(VersionId version, long nanos) {}
    };

    /** A sampled call came to its end; of one that was left out too. */
    void ended(VersionId shadow, Outcome outcome);

    /** How long the version took for a sampled call that it answered, in nanoseconds. */
    void took(VersionId version, long nanos);
}
